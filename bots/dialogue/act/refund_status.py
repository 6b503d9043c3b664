"""Where a refund or an after-sales case stands."""

from collections.abc import Mapping
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import phrasing
from bots.dialogue.act.fields import OwnOrder
from bots.dialogue.act.skill import Skill
from bots.dialogue.act.talk import Talk
from orders import aftersales, lookup
from orders.models import Order, Payment


class RefundStatus(Skill):
    name = "refund_status"
    often_general = True

    order = OwnOrder(statuses=("cancelled", "delivered"))

    def act(self, talk: Talk, values: Mapping[str, Any]) -> None:
        order = lookup.order_of(talk.owner, values["order"])
        if order is None:
            talk.say("order/not_found", number=values["order"])
            return
        talk.note(order=order.number)
        said = tell_cases(talk, order)
        if amount := aftersales.refunded(order):
            last = order.payments.filter(kind=Payment.Kind.REFUND).latest("at")
            talk.say(
                "refund/paid",
                number=order.number,
                amount=answer.money(amount, order.currency),
                at=answer.day(last.at, talk.language),
            )
        elif not said:
            talk.say(
                "refund/none",
                number=order.number,
                status=phrasing.status(order, talk.language),
                buttons=(talk.button("human"),),
            )


def tell_cases(talk: Talk, order: Order, *, still_open: bool = False) -> bool:
    """Say where each case of the order stands; whether there is one."""
    cases = [case for case in order.cases.all() if case.is_open or not still_open]
    for case in cases:
        talk.say(
            "refund/case",
            number=order.number,
            ref=case.ref,
            kind=answer.in_language(case.get_kind_display, talk.language),
            status=answer.in_language(case.get_status_display, talk.language),
        )
    return bool(cases)
