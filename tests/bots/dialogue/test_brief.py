"""Values in a few words: short, and with nobody's data in full."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from bots.dialogue.brief import DEEPEST, LONGEST, MOST, brief, masked
from orders.models import Customer, Order, Product


@dataclass
class Pair:
    email: str
    count: int


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, None),
        (True, True),
        (0.5, 0.5),
        (Decimal("9.90"), "9.90"),
        (datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02 00:00:00+00:00"),
        (
            {"phone_tail": "1001", "number": "SO1"},
            {"phone_tail": "•••", "number": "SO1"},
        ),
        (
            Pair(email="anna@example.com", count=2),
            {"email": "a•••@example.com", "count": 2},
        ),
        ("mail anna@example.com now", "mail a•••@example.com now"),
        ("call +8613800001001", "call •••"),
        (object(), "object"),
    ],
)
def test_short_and_masked(value: Any, told: Any) -> None:
    assert brief(value) == told


def test_rows_are_named_by_their_keys() -> None:
    assert brief(Order(number="SO1", status="pending")) == "order SO1 (pending)"
    assert brief(Customer(ref="C1", name="Anna Li")) == "customer C1"
    assert brief([Product(ref="P1")]) == ["product P1"]


def test_long_things_are_cut() -> None:
    assert len(brief("x" * 1000)) == LONGEST
    assert brief(list(range(MOST + 5)))[-1] == "… 5"


def test_deep_things_are_cut() -> None:
    deep: list[Any] = []
    for _ in range(DEEPEST + 3):
        deep = [deep]
    assert str(brief(deep)).count("[") == DEEPEST


@pytest.mark.parametrize(
    ("value", "left"),
    [("", ""), ("1001", "•••"), ("a@b.cn", "a•••@b.cn"), ({"city": "X"}, "•••")],
)
def test_masked(value: Any, left: str) -> None:
    assert masked(value) == left
