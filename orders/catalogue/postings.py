"""For each term, the rows that have it, in a few bytes each."""

from array import array
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Rows: TypeAlias = NDArray[np.int32]
Levels: TypeAlias = NDArray[np.uint8]

_NO_ROWS: Rows = np.empty(0, np.int32)
_NO_LEVELS: Levels = np.empty(0, np.uint8)


class Postings:
    def __init__(
        self, columns: Mapping[str, int], starts: Rows, rows: Rows, levels: Levels
    ) -> None:
        self._columns = columns
        self._starts = starts
        self._rows = rows
        self._levels = levels

    def __contains__(self, term: str) -> bool:
        return term in self._columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def count(self, term: str) -> int:
        return len(self.of(term)[0])

    def of(self, term: str) -> tuple[Rows, Levels]:
        """The rows that have the term, in their order, and its level in each."""
        column = self._columns.get(term)
        if column is None:
            return _NO_ROWS, _NO_LEVELS
        start, end = self._starts[column], self._starts[column + 1]
        return self._rows[start:end], self._levels[start:end]

    def at_least(self, term: str, level: int) -> Rows:
        rows, levels = self.of(term)
        return rows[levels >= level]


class Gathering:
    """Takes row after row; each as the terms it has and their levels."""

    def __init__(self) -> None:
        self._columns: dict[str, int] = {}
        self._cells = array("i")
        self._levels = array("B")
        self._ends = array("i", [0])

    def add(self, row: Mapping[str, int]) -> None:
        columns = self._columns
        self._cells.extend([columns.setdefault(t, len(columns)) for t in row])
        self._levels.extend(row.values())
        self._ends.append(len(self._cells))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def postings(self) -> Postings:
        shape = (len(self), len(self._columns))
        by_row = csr_matrix(
            (
                np.frombuffer(self._levels, np.uint8),
                np.frombuffer(self._cells, np.int32),
                np.frombuffer(self._ends, np.int32),
            ),
            shape=shape,
        )
        by_term = by_row.tocsc()
        return Postings(self._columns, by_term.indptr, by_term.indices, by_term.data)
