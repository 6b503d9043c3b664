"""The products' places by name, in each language."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Places: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Ranks:
    # In their order.
    names: Sequence[str]
    # By row.
    places: Places


def ranks_of(names: Sequence[str]) -> Ranks:
    order = sorted(range(len(names)), key=names.__getitem__)
    places = np.empty(len(names))
    places[order] = np.arange(len(names))
    return Ranks(names=[names[row] for row in order], places=places)


def merged(parts: Iterable[Ranks]) -> Places:
    """Put the rows of later parts between those of the first."""
    first, *later = parts
    return np.concatenate([first.places, *(_between(first, part) for part in later)])


def _between(first: Ranks, part: Ranks) -> Places:
    before = np.array([bisect_left(first.names, name) for name in part.names])
    among = before - 1 + (np.arange(len(before)) + 1) / (len(before) + 1)
    found: Places = among[part.places.astype(int)]
    return found
