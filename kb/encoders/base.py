"""What every sentence encoder offers."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Vectors: TypeAlias = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors whose inner products say how near their meanings are."""

    @property
    def name(self) -> str:
        """Changes whenever the vectors do, so that kept ones can be told to be old."""

    @property
    def dim(self) -> int: ...

    @property
    def languages(self) -> frozenset[str]:
        """Base tags of the languages it knows; empty where it knows many."""

    @property
    def max_batch(self) -> int: ...

    def warm(self) -> None:
        """Load now, instead of at the first text."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a row of length one for each text, whatever stands in it."""
