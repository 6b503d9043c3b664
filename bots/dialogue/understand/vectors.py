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
Columns = NDArray[np.int32]
# How often each feature of each kind occurs in a text.
Blocks = tuple[Counter[str], ...]
KINDS = 3
Shares = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A text as the model sees it; each kind that is all known is as long as its share."""

    columns: Columns
    values: Floats
    # The share of its pieces and words that are known at all.
    familiarity: float


@dataclass(frozen=True, kw_only=True)
class Vectors:
    """Known features of each kind with their columns, and the columns' weights."""

    columns: tuple[dict[str, int], ...]
    weights: list[float]
    # The weight that a feature would have that was never seen.
    rarest: float
    # How much each kind counts beside the others.
    shares: Shares

    def row(self, blocks: Blocks) -> Row:
        columns: list[int] = []
        values: list[float] = []
        known: list[int] = []
        kinds = zip(blocks, self.columns, self.shares, strict=True)
        for block, table, share in kinds:
            part = [(table[f], count) for f, count in block.items() if f in table]
            strange = [count for f, count in block.items() if f not in table]
            columns += [column for column, _ in part]
            values += self._weighed(part, strange, share)
            known.append(len(part))
        said = len(blocks[0]) + len(blocks[1])
        return Row(
            columns=np.array(columns, np.int32),
            values=np.array(values, np.float32),
            familiarity=(known[0] + known[1]) / said if said else 0.0,
        )

    def _weighed(
        self, part: list[tuple[int, int]], strange: list[int], share: float
    ) -> list[float]:
        weighed = [
            self.weights[column] * (1 + math.log(count) if count > 1 else 1.0)
            for column, count in part
        ]
        # What is not known takes its share: a text of strange words is like none.
        missing = sum([(self.rarest * (1 + math.log(n))) ** 2 for n in strange])
        length = math.sqrt(sum([v * v for v in weighed]) + missing) or 1.0
        return [share * value / length for value in weighed]

    def matrix(self, texts: Sequence[Blocks]) -> csr_matrix:
        rows = [self.row(blocks) for blocks in texts]
        ends = np.cumsum([0] + [len(row.columns) for row in rows])
        values = np.concatenate([row.values for row in rows])
        columns = np.concatenate([row.columns for row in rows])
        shape = (len(rows), len(self.weights))
        return csr_matrix((values, columns, ends), shape=shape)


def learn(texts: Sequence[Blocks], shares: Shares) -> Vectors:
    """Return the features that occur in the texts, and their weights."""
    columns: list[dict[str, int]] = []
    weights: list[float] = []
    for kind in range(KINDS):
        seen: Counter[str] = Counter()
        for blocks in texts:
            seen.update(blocks[kind].keys())
        known = sorted(seen)
        columns.append({f: len(weights) + at for at, f in enumerate(known)})
        weights += [math.log((1 + len(texts)) / (1 + seen[f])) + 1 for f in known]
    rarest = math.log(1 + len(texts)) + 1
    return Vectors(
        columns=tuple(columns), weights=weights, rarest=rarest, shares=shares
    )


def blocks(folded: str) -> Blocks:
    return tuple(map(Counter, features.blocks(features.prepare(folded))))
