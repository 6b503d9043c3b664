"""Training a pointer: the marked span of each text shall be likelier than all others."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bots.dialogue.understand.slots.pointer import (
    NEVER,
    Floats,
    Pointer,
    allowed,
    spans,
)
from bots.dialogue.understand.slots.span_cues import Cues, Place

# Cues of a text, and where the spans stand in it; none, one, or any of several.
Marked = tuple[Cues, Sequence[Place]]

# Chosen by five folds of the phrases, like the doubts.
_PENALTY = 1.0
_STEPS = 40
# A cue seen once tells nothing, and one that weighs this little neither.
_SEEN = 2
_LEAST = 0.01
# Texts of about one length are scored at once.
_WIDTH = 5


def train(rows: Sequence[Marked], *, longest: int, doubt: float = 0.0) -> Pointer:
    # Imported here: only training needs it.
    from scipy.optimize import minimize

    names = _known(cues for cues, _ in rows)
    batches = [_batch(group, names, longest) for group in _groups(rows, longest)]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = _PENALTY / 2 * float(weights @ weights), _PENALTY * weights
        for batch in batches:
            more, steeper = batch.loss(weights)
            total, slope = total + more, slope + steeper
        return total, slope

    options = {"maxiter": _STEPS}
    found = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options=options
    )
    weights = {
        name: float(found.x[at])
        for name, at in names.items()
        if abs(found.x[at]) >= _LEAST
    }
    return Pointer(weights=weights, longest=longest, doubt=doubt)


def _known(rows: Iterator[Cues]) -> dict[str, int]:
    seen: Counter[str] = Counter()
    for cues in rows:
        for names in _every(cues):
            seen.update(names)
    often = [name for name, count in seen.items() if count >= _SEEN]
    return {name: at for at, name in enumerate(often)}


def _every(cues: Cues) -> Iterator[list[str]]:
    yield from cues.inside
    yield from cues.begin
    yield from cues.end
    yield from cues.whole.values()
    yield cues.nowhere


def _groups(rows: Sequence[Marked], longest: int) -> Iterator[list[Marked]]:
    """Yield texts of about one length; those whose spans are out of reach are left out."""
    groups: dict[int, list[Marked]] = defaultdict(list)
    for cues, places in rows:
        if cues.places and len(_targets(cues, places, longest)) == len(places):
            groups[len(cues.places) // _WIDTH].append((cues, places))
    yield from groups.values()


def _targets(cues: Cues, places: Sequence[Place], longest: int) -> list[Place]:
    """Return the spans' first and last tokens."""
    first = {start: at for at, (start, _) in enumerate(cues.places)}
    last = {end: at for at, (_, end) in enumerate(cues.places)}
    found = [(first.get(start, -1), last.get(end, -1)) for start, end in places]
    return [pair for pair in found if min(pair) >= 0 and pair[1] - pair[0] < longest]


@dataclass(frozen=True, kw_only=True)
class _Batch:
    # A row a token, the texts one after the other, all as long as the longest.
    begin: csr_matrix
    end: csr_matrix
    inside: csr_matrix
    nowhere: csr_matrix
    # Text, first token, last token of what is known as a whole.
    wholes: tuple[NDArray[np.int64], ...]
    whole: csr_matrix
    # Which spans may be, and which spans, and last of all "nowhere", are right.
    possible: NDArray[np.bool_]
    right: NDArray[np.bool_]

    def loss(self, weights: Floats) -> tuple[float, Floats]:
        count, width, _ = self.possible.shape
        begin, end, inside = (
            (matrix @ weights).reshape(count, width)
            for matrix in (self.begin, self.end, self.inside)
        )
        scores = spans(begin, end, inside)
        scores[self.wholes] += self.whole @ weights
        scores[~self.possible] = NEVER
        flat = np.column_stack([scores.reshape(count, -1), self.nowhere @ weights])
        powers = np.exp(flat - flat.max(axis=1, keepdims=True))
        wanted = np.where(self.right, powers, 0.0)
        total, hit = powers.sum(1, keepdims=True), wanted.sum(1, keepdims=True) + 1e-300
        slope = self._slope(powers / total - wanted / hit)
        return float((np.log(total) - np.log(hit)).sum()), slope

    def _slope(self, off: Floats) -> Floats:
        count, width, _ = self.possible.shape
        of_spans = off[:, :-1].reshape(count, width, width)
        begin, end = of_spans.sum(2), of_spans.sum(1)
        # A token is inside where a span has begun and none has ended before.
        inside = np.cumsum(begin, axis=1) - (np.cumsum(end, axis=1) - end)
        slope: Floats = (
            self.begin.T @ begin.ravel()
            + self.end.T @ end.ravel()
            + self.inside.T @ inside.ravel()
            + self.nowhere.T @ off[:, -1]
            + self.whole.T @ of_spans[self.wholes]
        )
        return slope


def _batch(rows: list[Marked], names: dict[str, int], longest: int) -> _Batch:
    width = max(len(cues.places) for cues, _ in rows)
    wholes = [
        (text, start, end, cues)
        for text, (held, _) in enumerate(rows)
        for (start, end), cues in held.whole.items()
    ]
    return _Batch(
        begin=_matrix(
            (n for cues, _ in rows for n in _padded(cues.begin, width)), names
        ),
        end=_matrix((n for cues, _ in rows for n in _padded(cues.end, width)), names),
        inside=_matrix(
            (n for cues, _ in rows for n in _padded(cues.inside, width)), names
        ),
        nowhere=_matrix((cues.nowhere for cues, _ in rows), names),
        wholes=tuple(
            np.array([one[at] for one in wholes], np.int64) for at in range(3)
        ),
        whole=_matrix((one[3] for one in wholes), names),
        possible=np.stack([_possible(cues, width, longest) for cues, _ in rows]),
        right=np.stack([_right(row, width, longest) for row in rows]),
    )


def _padded(names: list[list[str]], width: int) -> list[list[str]]:
    return names + [[]] * (width - len(names))


def _matrix(rows: Iterator[list[str]], names: dict[str, int]) -> csr_matrix:
    places: list[int] = []
    ends = [0]
    for row in rows:
        places += [names[name] for name in row if name in names]
        ends.append(len(places))
    return csr_matrix(
        (np.ones(len(places)), places, ends), shape=(len(ends) - 1, len(names))
    )


def _possible(cues: Cues, width: int, longest: int) -> NDArray[np.bool_]:
    return allowed(width, longest) & (np.arange(width) < len(cues.places))


def _right(row: Marked, width: int, longest: int) -> NDArray[np.bool_]:
    right = np.zeros(width * width + 1, np.bool_)
    targets = _targets(*row, longest)
    for start, end in targets:
        right[start * width + end] = True
    right[-1] = not targets
    return right
