"""Sending goods back for money."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import phrasing
from bots.dialogue.act.fields import Items, OwnOrder, Said
from bots.dialogue.act.skill import Skill
from bots.dialogue.act.talk import Talk
from orders import aftersales, lookup
from orders.models import Order, OrderLine
from orders.refusal import Code, Refusal


class ReturnOrder(Skill):
    name = "return_order"
    writes = True

    order = OwnOrder(statuses=("delivered",))
    items = Items()
    reason = Said("reason")

    def check(self, talk: Talk, values: Mapping[str, Any]) -> bool:
        order = lookup.order_of(talk.owner, values["order"])
        if order is None:
            talk.say("order/not_found", number=values["order"])
            return False
        talk.note(order=order.number)
        try:
            aftersales.check_return(order, talk.given.at)
            _check_items(order, values.get("items", ()))
        except Refusal as refusal:
            _refuse(talk, order, refusal)
            return False
        return True

    def propose(self, talk: Talk, values: Mapping[str, Any], token: str) -> None:
        order, lines = _chosen(talk, values)
        quote = aftersales.quote_return(order, lines, talk.given.at)
        talk.say(
            "return/confirm",
            number=order.number,
            items=phrasing.items(lines, talk.language),
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
        order, lines = _chosen(talk, values)
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
            items=phrasing.items(lines, talk.language),
            amount=answer.money(case.refund_amount or Decimal(), order.currency),
        )


def _check_items(order: Order, skus: Sequence[str]) -> None:
    """Raise `Refusal` where what was chosen has got into a case meanwhile."""
    possible = {line.variant.sku for line in aftersales.returnable_lines(order)}
    if not possible.issuperset(skus):
        raise Refusal(Code.LINE_NOT_IN_ORDER)


def _chosen(talk: Talk, values: Mapping[str, Any]) -> tuple[Order, list[OrderLine]]:
    order = lookup.order_of(talk.owner, values["order"])
    assert order is not None
    possible = aftersales.returnable_lines(order)
    return order, [line for line in possible if line.variant.sku in values["items"]]


def _refuse(talk: Talk, order: Order, refusal: Refusal) -> None:
    if order.status == Order.Status.CANCELLED:
        talk.say("return/cancelled", number=order.number)
        return
    if refusal.code == Code.WINDOW_PASSED:
        deadline = datetime.fromisoformat(str(refusal.facts["deadline"]))
        talk.say(
            "return/window_passed",
            number=order.number,
            deadline=answer.day(deadline, talk.language),
            days=refusal.facts["days"],
            buttons=(talk.button("human"),),
        )
        return
    wording = (
        "return/case_open"
        if refusal.code in {Code.CASE_OPEN, Code.LINE_NOT_IN_ORDER}
        else "return/not_delivered"
    )
    talk.say(wording, number=order.number, buttons=(talk.button("human"),))
