"""Batches of what is about equally long, so that little is padded."""

from collections.abc import Iterator, Sequence, Sized

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


def by_length(lists: Sequence[Sized], most: int) -> Iterator[list[int]]:
    """Yield positions, the shortest first, at most `most` at once."""
    order = sorted(range(len(lists)), key=lambda at: len(lists[at]))
    for start in range(0, len(order), most):
        yield order[start : start + most]


def padded(lists: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Return the lists as one array filled up with zeros, and where they are real."""
    width = max(len(ids) for ids in lists)
    ids = np.zeros((len(lists), width), np.int64)
    mask = np.zeros_like(ids)
    for row, values in enumerate(lists):
        ids[row, : len(values)] = values
        mask[row, : len(values)] = 1
    return ids, mask
