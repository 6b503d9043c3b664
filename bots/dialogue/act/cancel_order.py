"""Cancelling an order that is not packed yet."""

from collections.abc import Mapping
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import phrasing
from bots.dialogue.act.fields import OwnOrder, Reason
from bots.dialogue.act.skill import Skill
from bots.dialogue.act.talk import Talk
from orders import changes, lookup
from orders.models import Order
from orders.refusal import Refusal


class CancelOrder(Skill):
    name = "cancel_order"
    writes = True

    order = OwnOrder(statuses=("pending",))
    reason = Reason()

    def check(self, talk: Talk, values: Mapping[str, Any]) -> bool:
        order = lookup.order_of(talk.owner, values["order"])
        if order is None:
            talk.say("order/not_found", number=values["order"])
            return False
        talk.note(order=order.number)
        try:
            changes.check_cancel(order)
        except Refusal:
            _refuse(talk, order)
            return False
        return True

    def propose(self, talk: Talk, values: Mapping[str, Any], token: str) -> None:
        order = lookup.order_of(talk.owner, values["order"])
        assert order is not None
        amount = phrasing.paid(order)
        talk.say(
            "cancel/confirm" if amount else "cancel/confirm_unpaid",
            number=order.number,
            items=phrasing.items(order.lines.all(), talk.language),
            amount=answer.money(amount, order.currency),
            reason=values.get("reason", ""),
            buttons=(
                talk.button("yes", f"yes:{token}"),
                talk.button("no", f"no:{token}"),
            ),
        )

    def kept(self, talk: Talk, values: Mapping[str, Any]) -> None:
        talk.say("cancel/kept", number=values["order"])

    def act(self, talk: Talk, values: Mapping[str, Any]) -> None:
        order = lookup.order_of(talk.owner, values["order"])
        assert order is not None
        amount = phrasing.paid(order)
        try:
            changes.cancel(
                order.number,
                customer=talk.owner,
                reason=values.get("reason", ""),
                now=talk.given.at,
                confirmation=talk.task.token,
            )
        except Refusal:
            order.refresh_from_db()
            _refuse(talk, order)
            return
        talk.say(
            "cancel/done" if amount else "cancel/done_unpaid",
            number=order.number,
            amount=answer.money(amount, order.currency),
        )


def _refuse(talk: Talk, order: Order) -> None:
    """Say why not, and what is possible instead."""
    wording = {
        Order.Status.PROCESSED: "cancel/packed",
        Order.Status.SHIPPED: "cancel/shipped",
        Order.Status.DELIVERED: "cancel/delivered",
        Order.Status.CANCELLED: "cancel/already",
    }[Order.Status(order.status)]
    steps = {
        Order.Status.DELIVERED: ("return_order", "human"),
        Order.Status.SHIPPED: ("return_order", "order_status", "human"),
        Order.Status.PROCESSED: ("human",),
    }.get(Order.Status(order.status), ())
    talk.say(
        wording, number=order.number, buttons=tuple(talk.button(step) for step in steps)
    )
