"""A sequence tagger of its own: an averaged structured perceptron over characters."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bots.evaluation.cues import cues, tokens

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
# Start, end and kind of each span, in tokens.
Spans = set[tuple[int, int, str]]

_OUTSIDE = "O"
_EPOCHS = 6
# A feature seen once tells nothing.
_SEEN = 2
_NEVER = np.float32(-1e6)


def tags(text: str, spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """Return a tag a token: B- where a span begins, I- inside it, O elsewhere."""
    places = tokens(text)
    found = [_OUTSIDE] * len(places)
    for start, end, kind in spans:
        for at, (place, _) in enumerate(places):
            if place == start:
                found[at] = f"B-{kind}"
            elif start < place < end:
                found[at] = f"I-{kind}"
    return found


def spans(found: Sequence[str]) -> Spans:
    """Return the spans that the tags mark."""
    result: Spans = set()
    start, kind = -1, ""
    for at, tag in enumerate([*found, _OUTSIDE]):
        if start >= 0 and tag != f"I-{kind}":
            result.add((start, at, kind))
            start = -1
        if start < 0 and tag != _OUTSIDE:
            start, kind = at, tag[2:]
    return result


@dataclass(frozen=True, kw_only=True)
class Tagger:
    labels: tuple[str, ...]
    features: dict[str, int]
    weights: Floats
    # From each label, and from the beginning, to each label.
    moves: Floats

    def tag(self, text: str) -> list[str]:
        rows = _rows(cues(text), self.features)
        best = _best(_scores(self.weights, rows), self.moves)
        return [self.labels[at] for at in best]


def train(
    rows: Sequence[tuple[str, Sequence[str]]], *, epochs: int = _EPOCHS, seed: int = 0
) -> Tagger:
    """Learn from (text, tags): labels that score too high lose, the right ones win."""
    labels = tuple(sorted({tag for _, found in rows for tag in found}))
    features = _known(text for text, _ in rows)
    told = [
        (_rows(cues(text), features), [labels.index(tag) for tag in found])
        for text, found in rows
        if text
    ]
    learner = _Learner(labels, len(features) + 1)
    order = random.Random(seed)
    for _ in range(epochs):
        order.shuffle(told)
        for ids, right in told:
            learner.see(ids, right)
    weights, moves = learner.averaged()
    return Tagger(labels=labels, features=features, weights=weights, moves=moves)


class _Learner:
    def __init__(self, labels: Sequence[str], features: int) -> None:
        count = len(labels)
        self._barred = _barred(labels)
        self._weights = np.zeros((features, count), np.float32)
        self._moves = np.zeros((count + 1, count), np.float32)
        # What was changed, times when: the average needs no second pass.
        self._late = (np.zeros_like(self._weights), np.zeros_like(self._moves))
        self._step = 1

    def see(self, rows: list[Ints], right: list[int]) -> None:
        guess = _best(_scores(self._weights, rows), self._moves + self._barred)
        first = len(self._moves) - 1
        steps = zip([first, *right], right, [first, *guess], guess, strict=False)
        # Where both paths agree, what one gains the other would lose.
        for row, (before, label, wrongly, wrong) in zip(rows, steps, strict=True):
            if label != wrong:
                self._mend(row, label, 1)
                self._mend(row, wrong, -1)
            if (before, label) != (wrongly, wrong):
                self._move(before, label, 1)
                self._move(wrongly, wrong, -1)
        self._step += 1

    def _mend(self, row: Ints, label: int, by: int) -> None:
        self._weights[row, label] += by
        self._late[0][row, label] += by * self._step

    def _move(self, before: int, label: int, by: int) -> None:
        self._moves[before, label] += by
        self._late[1][before, label] += by * self._step

    def averaged(self) -> tuple[Floats, Floats]:
        weights: Floats = self._weights - self._late[0] / np.float32(self._step)
        moves: Floats = self._moves - self._late[1] / np.float32(self._step)
        return weights, moves + self._barred


def _barred(labels: Sequence[str]) -> Floats:
    """Return what forbids an I- tag after anything but its own kind."""
    table = np.zeros((len(labels) + 1, len(labels)), np.float32)
    for to, tag in enumerate(labels):
        if tag.startswith("I-"):
            table[:, to] = _NEVER
            for at, before in enumerate(labels):
                if before[2:] == tag[2:] and before != _OUTSIDE:
                    table[at, to] = 0
    return table


def _known(texts: Iterator[str]) -> dict[str, int]:
    seen = Counter(name for text in texts for row in cues(text) for name in row)
    often = [name for name, count in seen.items() if count >= _SEEN]
    return {name: at for at, name in enumerate(often, 1)}


def _rows(features: Iterator[list[str]], known: dict[str, int]) -> list[Ints]:
    """Return the weights' rows for each token; the first is for all of them."""
    return [
        np.array([0, *(known[name] for name in row if name in known)], np.int64)
        for row in features
    ]


def _scores(weights: Floats, rows: list[Ints]) -> Floats:
    starts = np.cumsum([0] + [len(row) for row in rows[:-1]])
    scores: Floats = np.add.reduceat(weights[np.concatenate(rows)], starts, axis=0)
    return scores


def _best(scores: Floats, moves: Floats) -> list[int]:
    """Return the best path (Viterbi); the last row of `moves` is the beginning."""
    score = scores[0] + moves[-1]
    back = []
    for row in scores[1:]:
        reached = score[:, None] + moves[:-1]
        back.append(reached.argmax(axis=0))
        score = reached.max(axis=0) + row
    path = [int(score.argmax())]
    for row in reversed(back):
        path.append(int(row[path[-1]]))
    return path[::-1]
