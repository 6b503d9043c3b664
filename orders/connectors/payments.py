"""What becomes of a booked payment once it is known whether the money moved."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from orders import happenings
from orders.acting import By
from orders.balance import arrived, came_in, charged
from orders.connectors import failing
from orders.connectors.money import carry_out
from orders.models import ConnectorCall, Order, Payment
from orders.writing import order_write

State = ConnectorCall.State
Action = ConnectorCall.Action


class CallIsOverError(Exception):
    """Somebody else has brought this call to its end, or has it in hand."""


class NotArrivedError(Exception):
    """The order has not been paid yet what would be given back."""


def outside(now: datetime) -> By:
    """Who writes down what the outside has answered."""
    return By(at=now, customer=None, actor="connector")


@order_write("payment_settled")
def settled(order: Order, *, call: str, answer: dict[str, Any], by: By) -> Order:
    """The money has moved, even where we had given up. Raises CallIsOverError."""
    row = locked(order, call)
    if row.state == State.DONE:
        raise CallIsOverError
    _settle(order, row, answer)
    return order


@order_write("payment_failed")
def failed(order: Order, *, call: str, attempt: int, reason: str, by: By) -> Order:
    """The attempt was the last one. Raises CallIsOverError."""
    row = locked(order, call)
    if row.state != State.SENDING or row.attempts != attempt:
        raise CallIsOverError
    _fail(order, row, reason)
    return order


@order_write("payment_settled_by_hand")
def settled_by_hand(order: Order, *, call: str, by: By) -> Order:
    """Staff have moved the money. Raises CallIsOverError and NotArrivedError."""
    row = _by_hand(order, call)
    if row.action == Action.REFUND and payment_of(row).amount > came_in(order):
        raise NotArrivedError
    _settle(order, row, {})
    return order


@order_write("payment_failed_by_hand")
def failed_by_hand(order: Order, *, call: str, by: By) -> Order:
    """Staff cannot move the money. Raises CallIsOverError."""
    _fail(order, _by_hand(order, call), "")
    return order


def locked(order: Order, call: str) -> ConnectorCall:
    """Lock a call of an order whose row is locked already."""
    calls = ConnectorCall.objects.select_for_update(of=("self",))
    return calls.select_related("payment").get(order=order, key=call)


def payment_of(call: ConnectorCall) -> Payment:
    if call.payment is None:
        raise ValueError("This call moves no money.")
    return call.payment


def _by_hand(order: Order, call: str) -> ConnectorCall:
    row = locked(order, call)
    if row.state != State.MANUAL:
        raise CallIsOverError
    return row


def _settle(order: Order, row: ConnectorCall, answer: dict[str, Any]) -> None:
    payment = payment_of(row)
    late = payment.state == Payment.State.FAILED
    row.state, row.answer, row.last_error = State.DONE, answer, ""
    row.save(update_fields=["state", "answer", "last_error"])
    payment.state = Payment.State.SETTLED
    payment.save(update_fields=["state"])
    if payment.kind == Payment.Kind.REFUND:
        happenings.refunded(order, payment)
    elif order.status == Order.Status.CANCELLED:
        _send_back(order, payment, arrived(order))
    elif late and payment.case is None:
        _send_back(order, payment, charged(order) - order.total)


def _send_back(order: Order, payment: Payment, too_much: Decimal) -> None:
    """Refund what came in when nothing was to be paid any more."""
    amount = min(payment.amount, too_much)
    if amount > 0:
        carry_out(
            Payment.objects.create(
                order=order,
                kind=Payment.Kind.REFUND,
                method=payment.method,
                amount=amount,
                at=timezone.now(),
                booked_here=True,
                state=Payment.State.DUE,
            )
        )


def _fail(order: Order, row: ConnectorCall, reason: str) -> None:
    payment = payment_of(row)
    row.state, row.last_error = State.FAILED, reason or row.last_error
    row.save(update_fields=["state", "last_error"])
    payment.state = Payment.State.FAILED
    payment.save(update_fields=["state"])
    if row.action == Action.CHARGE:
        failing.keep(order)
        happenings.payment_failed(order, row)
