"""A database connection for one look, by somebody who then waits for a long time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import close_old_connections, connection


@contextmanager
def borrowed() -> Iterator[None]:
    """Give the connection back at the end, unless a transaction is still open on it."""
    try:
        yield
    finally:
        if not connection.in_atomic_block:
            close_old_connections()
