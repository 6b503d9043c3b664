"""Sending goods back for money."""

import re
from collections.abc import Mapping
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import cases, knowledge, phrasing
from bots.dialogue.act.fields import OwnOrder, Reason
from bots.dialogue.act.grounds import ground
from bots.dialogue.act.items import Items
from bots.dialogue.act.talk import Talk
from bots.dialogue.act.write import Write, order_of, steps
from orders import aftersales
from orders.models import Order
from orders.refusal import Code, Refusal

# Asked of a return that is open already, rather than for another one.
ASKS = re.compile(
    r"[?？]|哪|怎么|多久|几天|运费|地址|\b(?:how|where|when|who|which)\b", re.IGNORECASE
)


class ReturnOrder(Write):
    name = "return_order"
    tool = "open_return"
    often_general = True

    order = OwnOrder(statuses=("delivered",))
    items = Items("return")
    reason = Reason()

    def arguments(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, Any]:
        reason = str(values.get("reason", ""))
        return {
            "number": values["order"],
            "items": cases.counted(values["items"]),
            "ground": ground(reason),
            "reason": reason,
        }

    def propose(self, talk: Talk, values: Mapping[str, Any], preview: Any) -> None:
        order = order_of(talk, values)
        reason = str(values.get("reason", ""))
        quote = talk.call(
            aftersales.quote_return,
            order,
            values["items"],
            now=talk.given.at,
            ground=ground(reason),
        )
        deadline = quote.deadline
        talk.say(
            "return/confirm",
            number=order.number,
            items=phrasing.counts(order, values["items"], talk.language),
            reason=reason,
            amount=answer.money(quote.amount, order.currency),
            fee=answer.money(quote.fee, order.currency) if quote.fee else "",
            method=phrasing.payee(quote.method, talk.language),
            deadline=answer.day(deadline, talk.language) if deadline else "",
            buttons=talk.answers(),
        )

    def kept(self, talk: Talk, values: Mapping[str, Any]) -> None:
        talk.say("return/kept")

    def done(self, talk: Talk, values: Mapping[str, Any], result: Any) -> None:
        items = phrasing.counts(order_of(talk, values), values["items"], talk.language)
        cases.opened(talk, values, result, topic="return", items=items)

    def refused(self, talk: Talk, values: Mapping[str, Any], refusal: Refusal) -> None:
        order = order_of(talk, values)
        if order.status == Order.Status.CANCELLED:
            talk.say("return/cancelled", number=order.number)
        elif refusal.code == Code.NOT_DELIVERED:
            talk.say(
                "return/not_delivered",
                number=order.number,
                buttons=steps(talk, refusal),
            )
        elif not _asks_on(talk, refusal):
            cases.refused(talk, values, refusal)


def _asks_on(talk: Talk, refusal: Refusal) -> bool:
    """Answer what asks how it goes on with a case; whether that was asked."""
    open_already = refusal.code in {Code.CASE_OPEN, Code.LINE_NOT_IN_ORDER}
    if not open_already or not talk.fresh or not ASKS.search(talk.given.text):
        return False
    return knowledge.try_answer(talk)
