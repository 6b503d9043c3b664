"""Kombu's in-memory transport, waking its consumer at once.

The one in Kombu polls, so that a reply waits for up to a second or an idle process
burns its processor. Here a put, an acknowledgement and a rejection notify a condition
on which `drain_events` waits.
"""

from queue import Empty
from threading import Condition
from time import monotonic
from typing import Any

from kombu.transport import memory

_changed = Condition()
_changes = 0


def _notify() -> None:
    global _changes  # noqa: PLW0603 - the transport's state is global, as Kombu's is
    with _changed:
        _changes += 1
        _changed.notify_all()


class Channel(memory.Channel):
    # One process, one set of queues, whichever connection closes first.
    queues: dict[str, Any] = {}

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:
        super()._put(queue, message, **kwargs)
        _notify()

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:  # noqa: FBT001 - Kombu's signature
        super().basic_ack(delivery_tag, multiple)
        _notify()

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:  # noqa: FBT001 - Kombu's signature
        super().basic_reject(delivery_tag, requeue)
        _notify()

    def close(self) -> None:
        queues = dict(self.queues)
        super().close()
        self.queues = type(self).queues
        self.queues.update(queues)


class Transport(memory.Transport):
    Channel = Channel

    def drain_events(  # type: ignore[override]  # Kombu's own bases disagree
        self, connection: Any, timeout: float | None = None
    ) -> None:
        deadline = None if timeout is None else monotonic() + timeout
        while True:
            seen = _changes
            try:
                self.cycle.get(self._deliver, timeout=timeout)  # type: ignore[union-attr]
            except Empty:
                self._wait(seen, deadline)
            else:
                return

    def _wait(self, seen: int, deadline: float | None) -> None:
        """Wait until something changed since `seen`; `socket.timeout` at `deadline`."""
        left = 1.0 if deadline is None else deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        with _changed:
            if _changes == seen:
                _changed.wait(min(left, 1.0))
