"""Changing pieces of an order that is not packed yet to other variants."""

from collections.abc import Mapping
from typing import Any

from bots.dialogue.act import phrasing, swaps
from bots.dialogue.act.fields import OwnOrder
from bots.dialogue.act.items import Items
from bots.dialogue.act.methods import Method
from bots.dialogue.act.talk import Talk
from bots.dialogue.act.variants import Variants
from bots.dialogue.act.write import Write, order_of
from orders import changes, money, pieces
from orders.models import Order
from orders.refusal import Code


class ChangeItems(Write):
    name = "change_items"
    tool = "change_items"
    often_general = True
    faults = {
        Code.SOLD_OUT: "variants",
        Code.SAME_VARIANT: "variants",
        Code.BALANCE_TOO_LOW: "method",
    }

    order = OwnOrder(statuses=("pending",))
    items = Items("change_items", pieces.ordered)
    variants = Variants("change_items")
    method = Method()

    def other(self, talk: Talk, values: Mapping[str, Any]) -> str:
        """Of goods that have arrived it is an exchange."""
        order = talk.order(values["order"])
        arrived = order is not None and order.status == Order.Status.DELIVERED
        return "exchange_order" if arrived else ""

    def arguments(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "number": values["order"],
            "swaps": swaps.listed(values),
            "method": values["method"],
        }

    def propose(self, talk: Talk, values: Mapping[str, Any], preview: Any) -> None:
        order, now = order_of(talk, values), talk.given.at
        change = talk.call(changes.quote_items, order, swaps.quoted(values), now=now)
        method = talk.call(money.method_of, talk.owner, values["method"])
        talk.say(
            "change_items/confirm",
            **swaps.facts(talk, values, change.difference),
            method=phrasing.method(method, talk.language),
            closes=talk.terms.item_change_closes_order,
            buttons=talk.answers(),
        )

    def done(self, talk: Talk, values: Mapping[str, Any], result: Any) -> None:
        order = order_of(talk, values)
        talk.say(
            "change_items/done",
            number=order.number,
            items=phrasing.chosen(order.lines.all(), talk.language),
        )
