"""Money that goes back, in words: under way, paid, or not carried out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bots.dialogue import answer
from bots.dialogue.act import phrasing
from bots.dialogue.act.talk import Talk
from orders import connectors
from orders.models import Order, Payment, PaymentMethod

State = Payment.State


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What is in one state on its way to one method."""

    state: Payment.State
    method: PaymentMethod | None
    amount: Decimal
    # When the last of it was booked.
    at: datetime


def tell(talk: Talk, order: Order) -> bool:
    """Say where the order's refunds stand; whether there are any."""
    sums = _sums(order.payments.all())
    if not sums:
        return False
    failed = any(one.state == State.FAILED for one in sums)
    buttons = (talk.person("problem"),) if failed else ()
    text = "\n".join(_lines(talk, order, sums))
    talk.reply(text, source="refund", buttons=buttons)
    return True


def lines(talk: Talk, order: Order) -> list[str]:
    """A sentence for each sum of the order that goes back."""
    return _lines(talk, order, _sums(order.payments.all()))


def _lines(talk: Talk, order: Order, sums: list[Sum]) -> list[str]:
    said = [_line(talk, order, one) for one in sums]
    due = any(one.state == State.DUE for one in sums)
    if due and talk.call(connectors.outage, "payment"):
        said.append(answer.say("refund/outage", talk.language))
    return said


def _line(talk: Talk, order: Order, one: Sum) -> str:
    method = one.method
    return answer.say(
        f"refund/{one.state}",
        talk.language,
        number=order.number,
        amount=answer.money(one.amount, order.currency),
        method=phrasing.payee(method, talk.language),
        at_once=method is not None and method.kind == PaymentMethod.Kind.GIFT_CARD,
        at=answer.day(one.at, talk.language),
    )


def _sums(payments: Iterable[Payment]) -> list[Sum]:
    groups: dict[tuple[str, int | None], list[Payment]] = defaultdict(list)
    for payment in payments:
        if payment.kind == Payment.Kind.REFUND:
            groups[payment.state, payment.method_id].append(payment)
    return [
        Sum(
            state=State(state),
            method=group[0].method,
            amount=sum((one.amount for one in group), Decimal()),
            at=max(one.at for one in group),
        )
        for (state, _method), group in groups.items()
    ]
