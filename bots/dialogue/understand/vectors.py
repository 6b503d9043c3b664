"""Weighing features by how rare they are, and laying texts out as sparse rows."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bots.dialogue.understand import features

Floats = NDArray[np.float32]
Blocks = tuple[list[str], list[str], list[str]]
# A feature of one phrase only cannot tell what other phrases mean.
_RAREST = 2


@dataclass(frozen=True, kw_only=True)
class Vectors:
    """Known features of each block with their columns, and the columns' weights."""

    columns: tuple[dict[str, int], ...]
    weights: Floats

    @property
    def width(self) -> int:
        return len(self.weights)

    def row(self, blocks: Blocks) -> tuple[NDArray[np.int32], Floats, float]:
        """Return the columns, their values, and the share of words that are known."""
        columns: list[int] = []
        values: list[float] = []
        for block, known in zip(blocks, self.columns, strict=True):
            part = self._part(block, known)
            columns += part
            values += _unit(part)
        said = set(blocks[1]) | set(blocks[0])
        covered = sum(f in self.columns[0] or f in self.columns[1] for f in said)
        share = covered / len(said) if said else 0.0
        return (
            np.fromiter(columns, np.int32, len(columns)),
            np.fromiter(values, np.float32, len(values)),
            share,
        )

    def _part(self, block: list[str], known: dict[str, int]) -> dict[int, float]:
        counts = Counter(known[f] for f in block if f in known)
        return {
            column: (1 + math.log(count)) * float(self.weights[column])
            for column, count in counts.items()
        }

    def matrix(self, rows: Sequence[Blocks]) -> csr_matrix:
        parts = [self.row(blocks) for blocks in rows]
        ends = np.cumsum([0] + [len(columns) for columns, _, _ in parts])
        return csr_matrix(
            (
                np.concatenate([values for _, values, _ in parts]),
                np.concatenate([columns for columns, _, _ in parts]),
                ends,
            ),
            shape=(len(rows), self.width),
        )


def _unit(part: dict[int, float]) -> list[float]:
    length = math.sqrt(sum(value * value for value in part.values())) or 1.0
    return [value / length for value in part.values()]


def learn(rows: Sequence[Blocks]) -> Vectors:
    """Return the features that occur in at least two rows, and their weights."""
    columns: list[dict[str, int]] = []
    weights: list[float] = []
    for block in range(3):
        seen = Counter(feature for row in rows for feature in set(row[block]))
        known = sorted(f for f, count in seen.items() if count >= _RAREST)
        columns.append({f: len(weights) + at for at, f in enumerate(known)})
        weights += [math.log((1 + len(rows)) / (1 + seen[f])) + 1 for f in known]
    return Vectors(columns=tuple(columns), weights=np.array(weights, np.float32))


def blocks(folded: str) -> Blocks:
    return features.blocks(features.prepare(folded))
