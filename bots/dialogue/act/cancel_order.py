"""Cancelling an order that is not packed yet."""

from collections.abc import Mapping
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import cancel_reason, phrasing, refunds
from bots.dialogue.act.cancel_reason import CancelReason
from bots.dialogue.act.fields import OwnOrder
from bots.dialogue.act.talk import Talk
from bots.dialogue.act.write import Write, order_of, say_refusal
from orders import money
from orders.models import Order
from orders.refusal import Code, Refusal

_WORDINGS = {
    Order.Status.PROCESSED: "cancel/packed",
    Order.Status.SHIPPED: "cancel/shipped",
    Order.Status.DELIVERED: "cancel/delivered",
    Order.Status.CANCELLED: "cancel/already",
}
_STEPS: Mapping[str, tuple[str, ...]] = {
    Order.Status.DELIVERED: ("return_order", "human"),
    Order.Status.SHIPPED: ("return_order", "order_status", "human"),
    Order.Status.PROCESSED: ("human",),
}


class CancelOrder(Write):
    name = "cancel_order"
    tool = "cancel_order"

    order = OwnOrder(statuses=("pending",))
    reason = CancelReason()

    def arguments(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, Any]:
        said = str(values.get("reason", ""))
        code = cancel_reason.code(said, cancel_reason.allowed(talk))
        note = "" if said == code else said
        return {"number": values["order"], "reason": code, "note": note}

    def propose(self, talk: Talk, values: Mapping[str, Any], preview: Any) -> None:
        order = order_of(talk, values)
        amount = money.held(order)
        wording = "cancel/confirm" if amount else "cancel/confirm_unpaid"
        if "case" in preview:
            wording = "cancel/confirm_case"
        talk.say(
            wording,
            number=order.number,
            items=phrasing.items(order.lines.all(), talk.language),
            amount=answer.money(amount, order.currency),
            method=_payee(talk, order),
            reason=cancel_reason.label(values.get("reason", ""), talk.language),
            buttons=talk.answers(),
        )

    def kept(self, talk: Talk, values: Mapping[str, Any]) -> None:
        talk.say("cancel/kept", number=values["order"])

    def done(self, talk: Talk, values: Mapping[str, Any], result: Any) -> None:
        if "case" in result:
            ref = result["case"]["ref"]
            talk.say("cancel/waits", number=values["order"], ref=ref)
            return
        told = refunds.lines(talk, order_of(talk, values))
        talk.say(
            "cancel/done" if told else "cancel/done_unpaid",
            number=values["order"],
            refunds=told,
        )

    def refused(self, talk: Talk, values: Mapping[str, Any], refusal: Refusal) -> None:
        order = order_of(talk, values)
        wording = _WORDINGS.get(Order.Status(order.status), "")
        if not wording or refusal.code not in {
            Code.NOT_PENDING,
            Code.ALREADY_CANCELLED,
        }:
            say_refusal(talk, refusal)
            return
        steps = _STEPS.get(order.status, ())
        buttons = tuple(map(talk.button, steps))
        talk.say(wording, number=order.number, buttons=buttons)


def _payee(talk: Talk, order: Order) -> str:
    """What all of the money goes back to, or "" where it came from several."""
    alone = len(money.holds(order)) == 1
    return phrasing.payee(money.payer(order), talk.language) if alone else ""
