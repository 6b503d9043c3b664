"""Slots on public sets: a tagger learns from the train part, and is measured on others."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from bots.dialogue.understand.normalise import read as normalised
from bots.dialogue.understand.slots.ids import order_id
from bots.evaluation import tagger
from bots.evaluation.cues import tokens
from bots.evaluation.scores import f1
from bots.evaluation.sets import read_rows
from bots.evaluation.table import UNKNOWN, head, row

# Slots of a text: (text, [(start, end, kind)]).
Span = tuple[int, int, str]
Labelled = tuple[str, list[Span]]
Finder = Callable[[str], set[Span]]

SEED = 0
# Values seen no oftener than this may be held out.
_RARE = 30
_HELD = 0.5
_PUBLISHED = (
    ("BiLSTM-CRF, published", 0.430),
    ("BERT, published", 0.470),
    ("BERT-CRF, published", 0.478),
)


def ecsa(folder: Path) -> Iterator[str]:
    """Yield rows of the shop searches, on its other part and on values held out."""
    train, test = read(folder / "train.jsonl"), read(folder / "eval.jsonl")
    yield "published: on a test part that is not here"
    yield head("precision", "recall", "F1")
    for system, score in _PUBLISHED:
        yield row(system, [UNKNOWN, UNKNOWN, score])
    yield from _compared(train, test)
    held = unseen(train, seed=SEED)
    known = [one for one in train if not held & values(one)]
    yield f"{len(held)} values held out of the training, seed {SEED}"
    yield from _compared(known, [one for one in train + test if held & values(one)])


def bitext(folder: Path) -> Iterator[str]:
    """Yield rows of its slots: learnt ones, and order numbers that rules find."""
    train, test = read(folder / "train.jsonl"), read(folder / "eval.jsonl")
    yield head("precision", "recall", "F1")
    yield from _compared(train, test)
    numbers = [(text, [s for s in told if s[2] == "order_id"]) for text, told in test]
    yield row("ours, order numbers by rule", _figures(numbers, order_numbers))


def read(file: Path) -> list[Labelled]:
    return [
        (one["text"].lower(), [_span(s) for s in one["slots"]])
        for one in read_rows(file)
    ]


def _span(told: dict[str, int | str] | Sequence[int | str]) -> Span:
    if isinstance(told, dict):
        told = [told["start"], told["end"], told["type"]]
    start, end, kind = told
    return int(start), int(end), str(kind)


def values(one: Labelled) -> set[str]:
    text, slots = one
    return {text[start:end] for start, end, _ in slots}


def unseen(rows: Iterable[Labelled], *, seed: int = 0) -> set[str]:
    """Choose rare values to hold out: a shop's words are never all in a training set."""
    seen = Counter(value for one in rows for value in values(one))
    pick = random.Random(seed)
    rare = sorted(value for value, count in seen.items() if count <= _RARE)
    return {value for value in rare if pick.random() < _HELD}


def _compared(train: Sequence[Labelled], test: Sequence[Labelled]) -> Iterator[str]:
    yield f"{len(train)} to train on, {len(test)} to test"
    yield row("words of the training, longest first", _figures(test, listed(train)))
    yield row("ours, tagger", _figures(test, tagged(train)))


def listed(train: Iterable[Labelled]) -> Finder:
    """Return what finds the values of the training again, from left to right."""
    kinds: dict[str, Counter[str]] = {}
    for text, slots in train:
        for start, end, kind in slots:
            kinds.setdefault(text[start:end], Counter())[kind] += 1
    table = {value: counts.most_common(1)[0][0] for value, counts in kinds.items()}
    longest = max(map(len, table), default=0)

    def find(text: str) -> set[Span]:
        found, at = set(), 0
        while at < len(text):
            ends = range(min(len(text), at + longest), at, -1)
            end = next((end for end in ends if text[at:end] in table), at)
            if end > at:
                found.add((at, end, table[text[at:end]]))
            at = max(end, at + 1)
        return found

    return find


def tagged(train: Iterable[Labelled]) -> Finder:
    learnt = tagger.train([(text, tagger.tags(text, slots)) for text, slots in train])

    def find(text: str) -> set[Span]:
        places = tokens(text)
        return {
            (places[first][0], places[last - 1][1], kind)
            for first, last, kind in tagger.spans(learnt.tag(text) if text else [])
        }

    return find


def order_numbers(text: str) -> set[Span]:
    """Return where the product, which learnt nothing of the set, sees an order number."""
    found = order_id(normalised(text))
    # What is found may begin with the word before the number.
    start = text.find(found.value.lower()) if found else -1
    if not found or start < 0:
        return set()
    return {(start, start + len(found.value), "order_id")}


def _figures(test: Iterable[Labelled], find: Finder) -> list[float]:
    """Return precision, recall and F1 of whole spans with their kinds."""
    right = found = wanted = 0
    for text, slots in test:
        told, gold = find(text), set(slots)
        right += len(told & gold)
        found += len(told)
        wanted += len(gold)
    return [
        right / max(1, found),
        right / max(1, wanted),
        f1(right, found - right, wanted - right),
    ]
