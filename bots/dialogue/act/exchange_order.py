"""Exchanging delivered goods for other variants, or for new ones of the same."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import cases, phrasing, swaps
from bots.dialogue.act.fields import OwnOrder, Reason
from bots.dialogue.act.grounds import ground
from bots.dialogue.act.items import Items
from bots.dialogue.act.talk import Talk
from bots.dialogue.act.variants import Variants
from bots.dialogue.act.write import Write, order_of
from orders import aftersales
from orders.models import Order
from orders.refusal import Code, Refusal


class ExchangeOrder(Write):
    name = "exchange_order"
    tool = "open_exchange"
    often_general = True
    faults = {Code.SOLD_OUT: "variants", Code.SAME_VARIANT: "variants"}

    order = OwnOrder(statuses=("delivered",))
    items = Items("exchange")
    variants = Variants("exchange", again=True)
    reason = Reason()

    def other(self, talk: Talk, values: Mapping[str, Any]) -> str:
        """Of goods that are not packed yet it is a change of the order."""
        order = talk.order(values["order"])
        waits = order is not None and order.status == Order.Status.PENDING
        return "change_items" if waits else ""

    def arguments(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, Any]:
        reason = str(values.get("reason", ""))
        return {
            "number": values["order"],
            "swaps": swaps.listed(values),
            "ground": ground(reason),
            "reason": reason,
        }

    def propose(self, talk: Talk, values: Mapping[str, Any], preview: Any) -> None:
        order = order_of(talk, values)
        quote = talk.call(
            aftersales.quote_exchange, order, swaps.quoted(values), now=talk.given.at
        )
        deadline = quote.deadline
        talk.say(
            "exchange/confirm",
            **swaps.facts(talk, values, quote.difference or Decimal()),
            method=phrasing.method(quote.method, talk.language),
            reason=values.get("reason", ""),
            deadline=answer.day(deadline, talk.language) if deadline else "",
            buttons=talk.answers(),
        )

    def done(self, talk: Talk, values: Mapping[str, Any], result: Any) -> None:
        items = phrasing.counts(order_of(talk, values), values["items"], talk.language)
        cases.opened(talk, values, result, topic="exchange", items=items)

    def refused(self, talk: Talk, values: Mapping[str, Any], refusal: Refusal) -> None:
        cases.refused(talk, values, refusal)
