"""Pointing at a span: where it most likely begins and ends, or that there is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bots.dialogue.understand.slots.span_cues import Cues, Place

Floats = NDArray[np.float64]
NEVER = -1e9


@dataclass(frozen=True, kw_only=True)
class Pointer:
    weights: Mapping[str, float]
    # In tokens.
    longest: int
    # What is added to the score of there being nothing.
    doubt: float = 0.0

    def best(self, cues: Cues) -> Place | None:
        """Return where the likeliest span stands in the text."""
        if not cues.places:
            return None
        scores = self._scores(cues)
        start, end = divmod(int(scores.argmax()), len(cues.places))
        if scores[start, end] < self._sum(cues.nowhere) + self.doubt:
            return None
        return cues.places[start][0], cues.places[end][1]

    def _scores(self, cues: Cues) -> Floats:
        """Return the score of each span, first token by last."""
        begin = np.array([self._sum(names) for names in cues.begin])
        end = np.array([self._sum(names) for names in cues.end])
        inside = np.array([self._sum(names) for names in cues.inside])
        scores = spans(begin, end, inside)
        for (start, last), names in cues.whole.items():
            scores[start, last] += self._sum(names)
        scores[~allowed(len(begin), self.longest)] = NEVER
        return scores

    def _sum(self, names: Iterable[str]) -> float:
        weight = self.weights.get
        return sum(weight(name, 0.0) for name in names)


def spans(begin: Floats, end: Floats, inside: Floats) -> Floats:
    """Return begin + end + all between for each pair of tokens, along the last axis."""
    up_to = np.cumsum(inside, axis=-1)
    opens = begin - (up_to - inside)
    scores: Floats = opens[..., :, None] + (end + up_to)[..., None, :]
    return scores


def allowed(tokens: int, longest: int) -> NDArray[np.bool_]:
    length = np.arange(tokens)[None, :] - np.arange(tokens)[:, None]
    return (length >= 0) & (length < longest)
