"""Slots on public sets: a tagger learns from the train part, and is measured on the other."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from bots.evaluation import tagger

# Set, system, what was measured.
Row = tuple[str, str, str]
# BIO slots of text: (text, [(start, end, kind)]).
Labelled = tuple[str, list[tuple[int, int, str]]]

_ECSA = "zh_slots_ecsa"
# Values seen no oftener than this may be held out.
_RARE = 30
_HELD = 0.5


def run(directory: Path) -> list[Row]:
    """Return the rows of the sets in `directory`; none where it holds none of them."""
    folder = directory / _ECSA
    if not folder.is_dir():
        return []
    train = read(folder / "train.jsonl")
    rows = [(_ECSA, "BERT-CRF, published (other test part)", "F1 47.8")]
    other = read(folder / "eval.jsonl") if (folder / "eval.jsonl").exists() else []
    if other:
        rows.append(_row("perceptron, trained on its train part", train, other))
    held = unseen(train)
    known = [one for one in train if not held & values(one)]
    strange = [one for one in train + other if held & values(one)]
    rows.append(_row("perceptron, on values that it never saw", known, strange))
    return rows


def read(file: Path) -> list[Labelled]:
    with file.open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return [
        (one["text"].lower(), [(a, b, kind) for a, b, kind in one["slots"]])
        for one in found
    ]


def values(one: Labelled) -> set[str]:
    text, slots = one
    return {text[start:end] for start, end, _ in slots}


def unseen(rows: Iterable[Labelled], *, seed: int = 0) -> set[str]:
    """Choose rare values to hold out: a shop's words are never all in a training set."""
    seen = Counter(value for one in rows for value in values(one))
    pick = random.Random(seed)
    rare = sorted(value for value, count in seen.items() if count <= _RARE)
    return {value for value in rare if pick.random() < _HELD}


def measure(train: Sequence[Labelled], test: Sequence[Labelled]) -> float:
    """Return the F1 of whole spans with their kinds."""
    learnt = tagger.train([(text, tagger.tags(text, slots)) for text, slots in train])
    right = found = wanted = 0
    for text, slots in test:
        told = tagger.spans(learnt.tag(text)) if text else set()
        gold = tagger.spans(tagger.tags(text, slots))
        right += len(told & gold)
        found += len(told)
        wanted += len(gold)
    return 2 * right / max(1, found + wanted)


def _row(system: str, train: Sequence[Labelled], test: Sequence[Labelled]) -> Row:
    return _ECSA, system, f"F1 {100 * measure(train, test):.1f} ({len(test)} texts)"
