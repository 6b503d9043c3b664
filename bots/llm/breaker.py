"""A circuit breaker: a model that keeps failing is left alone for a while."""

import threading
import time
from collections.abc import Callable

from bots.llm.base import Unavailable

FAILURES = 5
REST = 30.0


class Breaker:
    """Opens after failures in a row; after a rest one call tries for all."""

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        rest: float = REST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._failures = failures
        self._rest = rest
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._closed_at = 0.0

    def enter(self) -> None:
        """Let a call pass. Raises `Unavailable` while the model rests."""
        with self._lock:
            if self._failed < self._failures:
                return
            now = self._clock()
            if now < self._closed_at:
                raise Unavailable("The model failed too often and is left alone.")
            # Half open: the others wait until this one has come back, or is lost.
            self._closed_at = now + self._rest

    def succeeded(self) -> None:
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            self._closed_at = self._clock() + self._rest
