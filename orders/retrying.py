"""A payment that the outside did not carry out, tried again by staff."""

from orders import balance, connectors
from orders.acting import By
from orders.balance import lacking
from orders.connectors import payments
from orders.models import ConnectorCall, Order, Payment
from orders.writing import order_write


class MoneyGoneError(Exception):
    """The order no longer holds what would be given back."""


class NothingOwedError(Exception):
    """So much is no longer to be paid for the order."""


@order_write("payment_retried")
def retry(order: Order, *, call: str, by: By) -> Order:
    """Book the payment anew, with the same key as before.

    Raises CallIsOverError where it has not failed, MoneyGoneError, NothingOwedError.
    """
    row = payments.locked(order, call)
    if row.state != ConnectorCall.State.FAILED:
        raise payments.CallIsOverError
    payment = payments.payment_of(row)
    if payment.kind == Payment.Kind.REFUND and balance.held(order) < payment.amount:
        raise MoneyGoneError
    if payment.kind == Payment.Kind.PAYMENT and not _is_owed(order, payment):
        raise NothingOwedError
    payment.state = Payment.State.DUE
    payment.save(update_fields=["state"])
    connectors.again(row)
    return order


def _is_owed(order: Order, payment: Payment) -> bool:
    """Another method may have paid since, or the order was cancelled."""
    if payment.case is not None:
        return order.status != Order.Status.CANCELLED
    return lacking(order) >= payment.amount
