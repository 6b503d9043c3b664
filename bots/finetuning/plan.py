"""How a fine-tuning goes on, whom it tells how far it is, and what came of it."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bots.dialogue.understand.reader import LANGUAGES

# Gets the share that is done, and the loss.
Progress: TypeAlias = Callable[[float, float], None]


class FinetuningError(Exception):
    """Nothing could be made; its words say why."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    languages: tuple[str, ...] = LANGUAGES
    epochs: int = 4
    # On each GPU, or on the processor.
    batch: int = 32
    rate: float = 5e-5
    seed: int = 0
    # Stops in time, and makes a network of what was learnt until then.
    minutes: float = math.inf
    # Goes on from the last checkpoint of the same text, encoder and plan.
    resume: bool = False


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Measured with the network that will be used, on text that it had not learnt."""

    learnt: int
    held: int
    # The share of the texts held out whose label is right.
    right: float
    # F1 of whole spans in them; they were marked as the texts to learn from were.
    slots: float
    # Of the last steps.
    loss: float


def silent(share: float, loss: float) -> None:
    pass
