"""How long and on what a training goes on, and whom it tells how far it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

# Gets the share that is done, and the loss.
Progress: TypeAlias = Callable[[float, float], None]


@dataclass(frozen=True, kw_only=True)
class Plan:
    epochs: int = 10
    batch: int = 96
    seed: int = 0
    # Stops in time whatever is left, the rate falling to nothing by then.
    minutes: float = 10.0


def silent(share: float, loss: float) -> None:
    pass
