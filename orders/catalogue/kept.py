"""Keeps what was read of the catalogue until the catalogue changes."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock, Thread
from typing import Generic, TypeAlias, TypeVar

from django.db import connection
from django.db.models import Count, Max

from orders.models import Product

Value = TypeVar("Value")
# How many products there are, and when one last changed.
Stamp: TypeAlias = tuple[int, datetime | None]

# What takes longer to read is read beside the shoppers, who are answered from the old.
_QUICK = 1.0
# To count so many takes longer than to search them: it is done once in a while.
_MANY = 10_000
_WHILE = 60.0


@dataclass(frozen=True, kw_only=True)
class Held(Generic[Value]):
    value: Value
    stamp: Stamp
    # Seconds.
    took: float


class Kept(Generic[Value]):
    """`renew` reads only what has changed since a time, or gives None up.

    Within `fresh_for` seconds the database is not asked again whether it changed.
    """

    def __init__(
        self,
        read: Callable[[], Value],
        renew: Callable[[Value, datetime], Value | None] | None = None,
        *,
        fresh_for: float = 0.0,
    ) -> None:
        self.fresh_for = fresh_for
        self._asked = 0.0
        self._read = read
        self._renewed = renew
        self._lock = Lock()
        self._held: Held[Value] | None = None
        self._reader: Thread | None = None
        # When the products were last counted, and how many they were.
        self._counted = 0.0, 0

    def now(self) -> Value:
        held, now = self._held, time.monotonic()
        if held is not None and now - self._asked < self.fresh_for:
            return held.value
        self._asked = now
        # Asked before reading: a change in between is then seen the next time.
        stamp = self._stamp()
        with self._lock:
            if self._held is None or self._held.stamp != stamp:
                self._held = self._caught_up(self._held, stamp)
            return self._held.value

    def forget(self) -> None:
        with self._lock:
            self._held = None
            self._counted = 0.0, 0

    def _caught_up(self, held: Held[Value] | None, stamp: Stamp) -> Held[Value]:
        if held is None or held.took < _QUICK:
            return self._fresh(stamp)
        newest = held.stamp[1]
        # What was deleted is found only by reading all.
        if self._renewed and newest and stamp[0] >= held.stamp[0]:
            value = self._renewed(held.value, newest)
            if value is not None:
                return Held(value=value, stamp=stamp, took=held.took)
        self._read_beside(stamp)
        return held

    def _stamp(self) -> Stamp:
        at, count = self._counted
        if count > _MANY and time.monotonic() - at < _WHILE:
            newest = Product.objects.aggregate(newest=Max("updated_at"))
            return count, newest["newest"]
        found = Product.objects.aggregate(count=Count("pk"), newest=Max("updated_at"))
        self._counted = time.monotonic(), found["count"]
        return found["count"], found["newest"]

    def _fresh(self, stamp: Stamp) -> Held[Value]:
        started = time.monotonic()
        value = self._read()
        return Held(value=value, stamp=stamp, took=time.monotonic() - started)

    def _read_beside(self, stamp: Stamp) -> None:
        if self._reader is None or not self._reader.is_alive():
            self._reader = Thread(target=self._renew, args=(stamp,), daemon=True)
            self._reader.start()

    def _renew(self, stamp: Stamp) -> None:
        try:
            fresh = self._fresh(stamp)
        finally:
            connection.close()
        with self._lock:
            self._held = fresh
