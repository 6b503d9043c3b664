"""What changing and exchanging items share: pieces for others of the same product."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import phrasing
from bots.dialogue.act.talk import Talk
from bots.dialogue.act.write import order_of
from orders import stock
from orders.pieces import Swap


def listed(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The swaps as the tools take them."""
    return [
        {"sku": sku, "new_sku": values["variants"][sku], "quantity": count}
        for sku, count in values["items"].items()
    ]


def quoted(values: Mapping[str, Any]) -> list[Swap]:
    return [Swap(**one) for one in listed(values)]


def facts(talk: Talk, values: Mapping[str, Any], difference: Decimal) -> dict[str, Any]:
    """What a confirmation says of the swaps and of what they cost."""
    order = order_of(talk, values)
    return {
        "number": order.number,
        "swaps": [_one(talk, swap) for swap in quoted(values)],
        "dearer": difference > 0,
        "cheaper": difference < 0,
        "amount": answer.money(abs(difference), order.currency),
    }


def _one(talk: Talk, swap: Swap) -> str:
    found = talk.call(stock.find, {swap.sku, swap.new_sku})
    return answer.say(
        "variants/swap",
        talk.language,
        old=phrasing.variant(found[swap.sku], talk.language),
        new=phrasing.variant(found[swap.new_sku], talk.language),
        count=swap.quantity if swap.quantity > 1 else 0,
    )
