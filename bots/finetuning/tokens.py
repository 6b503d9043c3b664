"""Labelled text as a network takes it: tokens, the intent's place, a tag a token."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from tokenizers import Tokenizer

from bots.dialogue.understand.network_folder import Labels
from bots.dialogue.understand.network_spans import BEGIN, INSIDE, OUTSIDE, Span
from bots.finetuning.network import NO_TAG
from bots.finetuning.rows import Labelled
from kb.encoders.batches import padded


@dataclass(frozen=True, kw_only=True)
class Example:
    tokens: list[int]
    intent: int
    tags: list[int]


def examples(
    rows: Sequence[Labelled], tokenizer: Tokenizer, labels: Labels
) -> list[Example]:
    tokenizer.no_padding()
    tokenizer.enable_truncation(labels.tokens)
    return [_example(row, tokenizer.encode(row.text), labels) for row in rows]


def tag_names(rows: Sequence[Labelled]) -> tuple[str, ...]:
    """Return the tags that the spans of the rows need."""
    slots = sorted({span.slot for row in rows for span in row.spans})
    return OUTSIDE, *(kind + slot for slot in slots for kind in (BEGIN, INSIDE))


def collate(batch: Sequence[Example]) -> dict[str, torch.Tensor]:
    ids, mask = padded([one.tokens for one in batch])
    tags = torch.full(ids.shape, NO_TAG)
    for row, one in zip(tags, batch, strict=True):
        row[: len(one.tags)] = torch.tensor(one.tags)
    intents = torch.tensor([[one.intent] for one in batch])
    return {
        "input_ids": torch.from_numpy(ids),
        "attention_mask": torch.from_numpy(mask),
        "labels": torch.cat([intents, tags], dim=1),
    }


def _example(row: Labelled, read: Any, labels: Labels) -> Example:
    tags = []
    before: Span | None = None
    for (start, end), special in zip(
        read.offsets, read.special_tokens_mask, strict=True
    ):
        if special:
            tags.append(NO_TAG)
            continue
        inside = [span for span in row.spans if start < span.end and span.start < end]
        span = inside[0] if inside else None
        tags.append(labels.tags.index(_tag(span, before)))
        before = span
    return Example(tokens=read.ids, intent=labels.intents.index(row.intent), tags=tags)


def _tag(span: Span | None, before: Span | None) -> str:
    if span is None:
        return OUTSIDE
    return (INSIDE if span == before else BEGIN) + span.slot
