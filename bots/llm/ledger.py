"""What one conversation's calls cost, and what it may still spend."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from bots.llm.base import Refused


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call, as it is stored: never with what was said."""

    model: str
    purpose: str
    outcome: str
    prompt_tokens: int
    completion_tokens: int
    milliseconds: int


@dataclass(kw_only=True)
class Ledger:
    """The calls made while it is open. None = as much as they like."""

    tokens: int | None = None
    seconds: float | None = None
    # Words that name somebody: never sent to another machine unmasked.
    names: tuple[str, ...] = ()
    calls: list[Call] = field(default_factory=list)

    def check(self) -> None:
        """Raise `Refused` where nothing is left to spend."""
        if self.tokens is not None and self._tokens() >= self.tokens:
            raise Refused("The conversation has spent its tokens.")
        if self.seconds is not None and self._seconds() >= self.seconds:
            raise Refused("The conversation has spent its time.")

    def until(self, deadline: float) -> float:
        """The deadline, or when the time that is left has passed."""
        if self.seconds is None:
            return deadline
        return min(deadline, time.monotonic() + self.seconds - self._seconds())

    def most(self, max_tokens: int) -> int:
        if self.tokens is None:
            return max_tokens
        return min(max_tokens, self.tokens - self._tokens())

    def _tokens(self) -> int:
        return sum(call.prompt_tokens + call.completion_tokens for call in self.calls)

    def _seconds(self) -> float:
        return sum(call.milliseconds for call in self.calls) / 1000


_open: ContextVar[Ledger | None] = ContextVar("ledger", default=None)


@contextmanager
def opened(
    *,
    tokens: int | None = None,
    seconds: float | None = None,
    names: Sequence[str] = (),
) -> Iterator[Ledger]:
    """Count every call that is made inside."""
    ledger = Ledger(tokens=tokens, seconds=seconds, names=tuple(filter(None, names)))
    token = _open.set(ledger)
    try:
        yield ledger
    finally:
        _open.reset(token)


def current() -> Ledger:
    """The one that is open, else one that nobody reads."""
    return _open.get() or Ledger()
