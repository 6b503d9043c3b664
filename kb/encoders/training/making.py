"""From groups of texts that mean the same to an encoder's folder."""

from collections.abc import Sequence
from pathlib import Path

from kb.encoders.folder import (
    EXACT,
    TOKENIZER,
    Card,
    digest,
    replace_folder,
    write_card,
)
from kb.encoders.training.pairs import Pair, make_pairs
from kb.encoders.training.plan import Plan, Progress, silent

# With fewer pairs there is nothing to learn.
FEWEST = 200


class TooFewError(Exception):
    """There is too little to learn from; its words say how many pairs there are."""


def make_encoder(
    groups: Sequence[Sequence[str]],
    target: Path,
    language: str,
    plan: Plan,
    progress: Progress = silent,
) -> int:
    """Train an encoder on `groups`, put it in `target`; return from how many pairs.

    Raises `TooFewError`, and leaves what was in `target`.
    """
    pairs = make_pairs(groups, plan.seed)
    if len(pairs) < FEWEST:
        raise TooFewError(len(pairs))
    replace_folder(
        target, lambda folder: _fill(folder, pairs, language, plan, progress)
    )
    return len(pairs)


def _fill(
    folder: Path,
    pairs: Sequence[Pair],
    language: str,
    plan: Plan,
    progress: Progress,
) -> None:
    # Late: they bring torch.
    from kb.encoders.exporting import export
    from kb.encoders.training.trainer import TOKENS, WIDTH, train
    from kb.encoders.training.words import learn_pieces

    tokenizer = learn_pieces(text for pair in pairs for text in (pair.text, pair.same))
    export(train(pairs, tokenizer, plan, progress), folder)
    tokenizer.no_truncation()
    tokenizer.save(str(folder / TOKENIZER))
    name = f"{language}-{digest(folder / EXACT)[:8]}"
    write_card(folder, Card(name=name, languages=[language], dim=WIDTH, tokens=TOKENS))
