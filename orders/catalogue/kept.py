"""Keeps what was read of the catalogue until the catalogue changes."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Generic, TypeAlias, TypeVar

from django.db.models import Count, Max

from orders.models import Product

Value = TypeVar("Value")
# How many products there are, and when one last changed.
Stamp: TypeAlias = tuple[int, datetime | None]


class Kept(Generic[Value]):
    def __init__(self, read: Callable[[], Value]) -> None:
        self._read = read
        self._lock = Lock()
        self._held: tuple[Stamp, Value] | None = None

    def now(self) -> Value:
        # Asked before reading: a change in between is then seen the next time.
        stamp = _stamp()
        with self._lock:
            if self._held is None or self._held[0] != stamp:
                self._held = stamp, self._read()
            return self._held[1]

    def forget(self) -> None:
        with self._lock:
            self._held = None


def _stamp() -> Stamp:
    found = Product.objects.aggregate(count=Count("pk"), newest=Max("updated_at"))
    return found["count"], found["newest"]
