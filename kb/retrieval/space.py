"""Weighted features of many texts, inverted: from a feature to the texts that have it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Bag: TypeAlias = Mapping[str, float]
Floats: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int32]


class Vocabulary:
    """Numbers for features, given as they are met, so that arrays outlive a rebuild."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def get(self, feature: str) -> int | None:
        return self._numbers.get(feature)

    def number(self, feature: str) -> int:
        return self._numbers.setdefault(feature, len(self._numbers))

    def rows(self, bags: Sequence[Bag]) -> "Rows":
        features = [self.number(feature) for bag in bags for feature in bag]
        weights = [weight for bag in bags for weight in bag.values()]
        return Rows(
            features=np.array(features, np.int32),
            weights=np.array(weights, np.float32),
            lengths=np.array([len(bag) for bag in bags], np.int32),
        )


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Sparse vectors, one after the other."""

    features: Ints
    weights: Floats
    lengths: Ints

    @property
    def ends(self) -> npt.NDArray[np.int64]:
        return np.concatenate([[0], np.cumsum(self.lengths, dtype=np.int64)])

    @property
    def owners(self) -> npt.NDArray[np.int64]:
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    def counts(self, width: int) -> npt.NDArray[np.int64]:
        """In how many rows each feature stands."""
        return np.bincount(self.features, minlength=width)

    def times(self, factors: Floats) -> "Rows":
        """Each weight times its feature's factor; what becomes nothing is left out."""
        weights = self.weights * factors[self.features]
        kept = weights > 0
        lengths = np.bincount(self.owners[kept], minlength=len(self.lengths))
        return Rows(
            features=self.features[kept],
            weights=weights[kept],
            lengths=lengths.astype(np.int32),
        )

    def normed(self, power: int) -> "Rows":
        """Each row divided by its norm, of power 1 or 2."""
        sums = np.bincount(
            self.owners, self.weights.astype(np.float64) ** power, len(self.lengths)
        )
        norms = np.maximum(sums ** (1 / power), 1e-9)
        weights = (self.weights / norms[self.owners]).astype(np.float32)
        return Rows(features=self.features, weights=weights, lengths=self.lengths)


def stack(parts: Sequence[Rows]) -> Rows:
    return Rows(
        features=np.concatenate([part.features for part in parts]),
        weights=np.concatenate([part.weights for part in parts]),
        lengths=np.concatenate([part.lengths for part in parts]),
    )


class Space:
    def __init__(self, rows: Rows, width: int) -> None:
        # Late, as it takes longer to load than most commands take to run.
        from scipy.sparse import csr_matrix

        self.size = len(rows.lengths)
        self.width = width
        shape = (self.size, width)
        self._inverted: Any = csr_matrix(
            (rows.weights, rows.features, rows.ends), shape
        ).tocsc()

    def sums(self, asked: Mapping[int, float]) -> Floats:
        """For each row the sum of its weights of the features asked, times theirs."""
        inverted = self._inverted
        slices = [
            (slice(inverted.indptr[at], inverted.indptr[at + 1]), weight)
            for at, weight in asked.items()
            if at < self.width
        ]
        if not slices:
            return np.zeros(self.size, np.float32)
        rows = np.concatenate([inverted.indices[part] for part, _ in slices])
        values = np.concatenate([inverted.data[part] * w for part, w in slices])
        return np.bincount(rows, values, self.size).astype(np.float32)
