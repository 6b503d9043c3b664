"""Paying an order with another method."""

from collections.abc import Mapping
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import phrasing
from bots.dialogue.act.fields import OwnOrder
from bots.dialogue.act.methods import Method
from bots.dialogue.act.talk import Talk
from bots.dialogue.act.write import Write, order_of
from orders import money
from orders.refusal import Code


class ChangePayment(Write):
    name = "change_payment"
    tool = "change_payment"
    often_general = True
    faults = {Code.BALANCE_TOO_LOW: "method", Code.METHOD_NOT_FOUND: "method"}

    order = OwnOrder(statuses=("pending",))
    method = Method(other=True)

    def arguments(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"number": values["order"], "method": values["method"]}

    def propose(self, talk: Talk, values: Mapping[str, Any], preview: Any) -> None:
        order = order_of(talk, values)
        talk.say(
            "change_payment/confirm",
            number=order.number,
            amount=answer.money(money.held(order), order.currency),
            old=phrasing.payee(money.payer(order), talk.language),
            method=_named(talk, values),
            buttons=talk.answers(),
        )

    def done(self, talk: Talk, values: Mapping[str, Any], result: Any) -> None:
        talk.say(
            "change_payment/done",
            number=values["order"],
            method=_named(talk, values),
        )


def _named(talk: Talk, values: Mapping[str, Any]) -> str:
    method = talk.call(money.method_of, talk.owner, values["method"])
    return phrasing.method(method, talk.language)
