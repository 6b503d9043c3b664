"""What can come of an attempt."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Done:
    """The outside has done it, and may say more."""

    answer: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """Staff will do it."""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """The outside will never do it."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Failed:
    """It may have been done or not; to be tried again.

    `down`: the outside does not work, rather than asks for patience.
    """

    reason: str
    retry_after: float = 0.0
    down: bool = True


Result = Done | ByHand | Refused | Failed
