"""Whatever a model writes for arguments: parsed strictly, or refused with a reason."""

from datetime import timedelta
from typing import Any

import pytest

from orders import tools
from orders.acting import By
from orders.refusal import Code, Refusal
from orders.tools import TOOLS
from tests.orders.whole import snapshot

HUGE = int("9" * 1000)
NESTED: Any = []
for _ in range(100_000):
    NESTED = [NESTED]

ITEM = {"sku": "S1", "quantity": 1}
BAD = {
    "no arguments": ("cancel_order", {}, "number"),
    "missing": ("cancel_order", {"number": "SO1"}, "reason"),
    "unknown key": ("get_order", {"number": "SO1", "owner": "C1"}, "owner"),
    "null": ("get_order", {"number": None}, "number"),
    "number for text": ("get_order", {"number": 100001}, "number"),
    "list for text": ("get_order", {"number": ["SO1"]}, "number"),
    "empty": ("get_order", {"number": ""}, "number"),
    "long": ("get_order", {"number": "1" * 1000}, "number"),
    "NUL": ("get_order", {"number": "SO\x001"}, "number"),
    "half a character": ("get_order", {"number": "SO\ud8001"}, ""),
    "NUL in words": ("search_products", {"words": "ket\x00tle"}, "words"),
    "NUL in a name": ("search_products", {"options": {"a\x00": "b"}}, "options"),
    "text for number": ("list_orders", {"limit": "10"}, "limit"),
    "huge number": ("list_orders", {"limit": HUGE}, "limit"),
    "too huge to write": ("list_orders", {"limit": HUGE**10}, ""),
    "not a number": ("list_orders", {"limit": float("nan")}, "limit"),
    "infinite": ("list_orders", {"limit": float("inf")}, "limit"),
    "price as number": ("search_products", {"price_max": 10.5}, "price_max"),
    "price below zero": ("search_products", {"price_max": "-1"}, "price_max"),
    "price in words": ("search_products", {"price_max": "1e9"}, "price_max"),
    "yes for true": ("search_products", {"in_stock": "yes"}, "in_stock"),
    "text for list": ("open_return", {"number": "SO1", "items": "S1"}, "items"),
    "texts for items": ("open_return", {"number": "SO1", "items": ["S1"]}, "items.0"),
    "no list": ("open_return", {"number": "SO1", "items": None}, "items"),
    "too many": ("open_return", {"number": "SO1", "items": [ITEM] * 201}, "items"),
    "no piece": (
        "open_return",
        {"number": "SO1", "items": [{"sku": "S1", "quantity": 0}]},
        "items.0.quantity",
    ),
    "fewer than none": (
        "open_return",
        {"number": "SO1", "items": [{"sku": "S1", "quantity": -1}]},
        "items.0.quantity",
    ),
    "true piece": (
        "open_return",
        {"number": "SO1", "items": [{"sku": "S1", "quantity": True}]},
        "items.0.quantity",
    ),
    "half a piece": (
        "open_return",
        {"number": "SO1", "items": [{"sku": "S1", "quantity": 1.5}]},
        "items.0.quantity",
    ),
    "unknown ground": (
        "open_return",
        {"number": "SO1", "items": [ITEM], "ground": "boredom"},
        "ground",
    ),
    "address as text": (
        "change_address",
        {"number": "SO1", "address": "Main St"},
        "address",
    ),
    "no day": ("change_delivery", {"number": "SO1", "on": "soon"}, "on"),
    "nested": ("get_order", {"number": NESTED}, ""),
}


@pytest.mark.parametrize(("name", "arguments", "where"), BAD.values(), ids=BAD)
def test_a_malformed_call_says_what_is_wrong(
    by_anna: By, name: str, arguments: dict[str, Any], where: str
) -> None:
    before = snapshot()
    with pytest.raises(Refusal) as refused:
        tools.call(name, arguments, by=by_anna)
    assert refused.value.code == Code.MALFORMED
    assert where in refused.value.sentence
    assert snapshot() == before


@pytest.mark.parametrize("given", [[], "SO1", None, 7])
def test_arguments_are_an_object(by_anna: By, given: Any) -> None:
    with pytest.raises(Refusal) as refused:
        tools.call("get_order", given, by=by_anna)
    assert refused.value.code == Code.MALFORMED


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_every_tool_refuses_an_unknown_key(tool: tools.Tool) -> None:
    with pytest.raises(Refusal) as refused:
        tool.parse({"surprise": 1})
    assert "surprise" in refused.value.sentence


def test_a_long_key_is_not_told_back(by_anna: By) -> None:
    with pytest.raises(Refusal) as refused:
        tools.call("get_terms", {"k" * 100_000: 1}, by=by_anna)
    assert len(refused.value.sentence) < 1000


def test_a_day_is_text(by_anna: By) -> None:
    day = (by_anna.at + timedelta(days=3)).date()
    given: Any = TOOLS["change_delivery"].parse({"number": "SO1", "on": str(day)})
    assert given.on == day


def test_pieces_of_one_sku_are_added_up() -> None:
    given: Any = TOOLS["open_return"].parse(
        {"number": "SO1", "items": [ITEM, {"sku": "S1", "quantity": 2}]}
    )
    assert tools.arguments.counts(given.items) == {"S1": 3}
