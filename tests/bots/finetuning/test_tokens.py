"""Each token has the tag of the span that it is in, whatever its tokenizer cuts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bots.dialogue.understand.network_spans import Tagged, spans
from bots.finetuning.loading import load
from bots.finetuning.network import NO_TAG
from bots.finetuning.tokens import collate, examples
from tests.bots.finetuning.tiny import KINDS, LABELS, ROWS


@pytest.mark.parametrize("kind", KINDS)
def test_the_tags_give_the_spans_back(
    kind: str, encoder: Callable[[str], Path]
) -> None:
    tokenizer = load(str(encoder(kind))).tokenizer

    for row, made in zip(ROWS, examples(ROWS, tokenizer, LABELS), strict=True):
        tagged = [
            Tagged(start=start, end=end, tag=LABELS.tags[tag], chance=1.0)
            for (start, end), tag in zip(
                tokenizer.encode(row.text).offsets, made.tags, strict=True
            )
            if tag != NO_TAG
        ]
        assert tuple(spans(row.text, tagged, 0.5)) == row.spans
        assert LABELS.intents[made.intent] == row.intent


def test_padding_has_no_tag(encoder: Callable[[str], Path]) -> None:
    made = examples(ROWS, load(str(encoder("bert"))).tokenizer, LABELS)
    batch = collate([made[0], min(made, key=lambda one: len(one.tokens))])

    outside = batch["attention_mask"] == 0
    assert outside.any()
    assert (batch["labels"][:, 1:][outside] == NO_TAG).all()


def test_a_long_text_is_cut(encoder: Callable[[str], Path]) -> None:
    loaded = load(str(encoder("bert")))
    long = ROWS[0].__class__(text="lamp " * 200, intent="order_place")

    (made,) = examples([long], loaded.tokenizer, LABELS)
    assert len(made.tokens) == len(made.tags) == loaded.tokens
