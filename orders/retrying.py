"""A payment that the outside did not carry out, tried again by staff."""

from orders import connectors, money
from orders.acting import By
from orders.connectors import payments
from orders.models import ConnectorCall, Order, Payment
from orders.writing import order_write


class MoneyGoneError(Exception):
    """The order no longer holds what would be given back."""


class NothingOwedError(Exception):
    """The order is cancelled: nothing is to be paid for it."""


@order_write("payment_retried")
def retry(order: Order, *, call: str, by: By) -> Order:
    """Book the payment anew, with the same key as before.

    Raises CallIsOverError where it has not failed, MoneyGoneError, NothingOwedError.
    """
    row = payments.locked(order, call)
    if row.state != ConnectorCall.State.FAILED:
        raise payments.CallIsOverError
    payment = payments.payment_of(row)
    if payment.kind == Payment.Kind.REFUND and money.held(order) < payment.amount:
        raise MoneyGoneError
    if payment.kind == Payment.Kind.PAYMENT and order.status == Order.Status.CANCELLED:
        raise NothingOwedError
    payment.state = Payment.State.DUE
    payment.save(update_fields=["state"])
    connectors.again(row)
    return order
