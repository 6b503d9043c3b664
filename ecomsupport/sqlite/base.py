"""Django's SQLite back end with a first-come queue before write transactions.

SQLite lets waiting writers poll, so under many threads some wait for seconds. Inside
one process the threads queue here instead and reach SQLite one at a time.
"""

from collections import deque
from threading import Lock
from typing import Any

from django.db.backends.sqlite3 import base


class Turnstile:
    """A lock that lets threads through in the order they came."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    def enter(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            ticket = Lock()
            ticket.acquire()
            self._waiting.append(ticket)
        try:
            ticket.acquire()
        except BaseException:
            self._give_up(ticket)
            raise

    def _give_up(self, ticket: Lock) -> None:
        """Leave the queue; a ticket that was called already passes its turn on."""
        with self._guard:
            waits = ticket in self._waiting
            if waits:
                self._waiting.remove(ticket)
        if not waits:
            self.leave()

    def leave(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


_turnstile = Turnstile()


class DatabaseWrapper(base.DatabaseWrapper):
    """Enters the turnstile at BEGIN, leaves it at COMMIT, ROLLBACK or close."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._inside = False

    def _start_transaction_under_autocommit(self) -> None:
        _turnstile.enter()
        self._inside = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._inside:
            self._inside = False
            _turnstile.leave()
