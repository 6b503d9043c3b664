"""Sending goods back for money."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import knowledge, phrasing, refund_status
from bots.dialogue.act.fields import OwnOrder, Reason
from bots.dialogue.act.items import Items
from bots.dialogue.act.skill import Skill
from bots.dialogue.act.talk import Talk
from orders import aftersales, lookup
from orders.aftersales import Pieces
from orders.models import Order
from orders.refusal import Code, Refusal

# Asked of a return that is open already, rather than for another one.
ASKS = re.compile(
    r"[?？]|哪|怎么|多久|几天|运费|地址|\b(?:how|where|when|who|which)\b", re.IGNORECASE
)


class ReturnOrder(Skill):
    name = "return_order"
    writes = True
    often_general = True

    order = OwnOrder(statuses=("delivered",))
    items = Items()
    reason = Reason()

    def check(self, talk: Talk, values: Mapping[str, Any]) -> bool:
        order = lookup.order_of(talk.owner, values["order"])
        if order is None:
            talk.say("order/not_found", number=values["order"])
            return False
        talk.note(order=order.number)
        try:
            aftersales.check_return(order, talk.given.at)
            if "items" in values:
                aftersales.choose(order, values["items"])
        except Refusal as refusal:
            _refuse(talk, order, refusal)
            return False
        return True

    def propose(self, talk: Talk, values: Mapping[str, Any], token: str) -> None:
        order, chosen = _chosen(talk, values)
        quote = aftersales.quote_return(order, chosen, talk.given.at)
        talk.say(
            "return/confirm",
            number=order.number,
            items=phrasing.pieces(chosen, talk.language),
            reason=values.get("reason", ""),
            amount=answer.money(quote.amount, order.currency),
            deadline=answer.day(quote.deadline, talk.language),
            buttons=(
                talk.button("yes", f"yes:{token}"),
                talk.button("no", f"no:{token}"),
            ),
        )

    def kept(self, talk: Talk, values: Mapping[str, Any]) -> None:
        talk.say("return/kept")

    def act(self, talk: Talk, values: Mapping[str, Any]) -> None:
        order, chosen = _chosen(talk, values)
        try:
            case = aftersales.open_return(
                order.number,
                values["items"],
                customer=talk.owner,
                reason=values.get("reason", ""),
                now=talk.given.at,
                confirmation=talk.task.token,
            )
        except Refusal as refusal:
            _refuse(talk, order, refusal)
            return
        talk.say(
            "return/done",
            ref=case.ref,
            items=phrasing.pieces(chosen, talk.language),
            amount=answer.money(case.refund_amount or Decimal(), order.currency),
        )


def _chosen(talk: Talk, values: Mapping[str, Any]) -> tuple[Order, list[Pieces]]:
    order = lookup.order_of(talk.owner, values["order"])
    assert order is not None
    return order, aftersales.choose(order, values["items"])


def _refuse(talk: Talk, order: Order, refusal: Refusal) -> None:
    if order.status == Order.Status.CANCELLED:
        talk.say("return/cancelled", number=order.number)
    elif refusal.code == Code.WINDOW_PASSED:
        deadline = datetime.fromisoformat(str(refusal.facts["deadline"]))
        talk.say(
            "return/window_passed",
            number=order.number,
            deadline=answer.day(deadline, talk.language),
            days=refusal.facts["days"],
            buttons=(talk.button("human"),),
        )
    elif refusal.code in {Code.CASE_OPEN, Code.LINE_NOT_IN_ORDER}:
        _tell_cases(talk, order)
    else:
        talk.say(
            "return/not_delivered", number=order.number, buttons=(talk.button("human"),)
        )


def _tell_cases(talk: Talk, order: Order) -> None:
    """What asks for how it goes on is answered; else it is said where it stands."""
    if talk.fresh and ASKS.search(talk.given.text) and knowledge.try_answer(talk):
        return
    talk.say("return/case_open", number=order.number, buttons=(talk.button("human"),))
    refund_status.tell_cases(talk, order)
