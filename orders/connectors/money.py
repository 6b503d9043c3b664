"""Money that moves outside: each booked payment becomes a call to who moves it."""

from orders.connectors import queue
from orders.models import Connector, ConnectorCall, Payment

_ACTIONS = {
    Payment.Kind.PAYMENT: ConnectorCall.Action.CHARGE,
    Payment.Kind.REFUND: ConnectorCall.Action.REFUND,
}


def carry_out(payment: Payment) -> None:
    """Have a booked payment or refund carried out, once; inside its transaction."""
    order, method, case = payment.order, payment.method, payment.case
    payload = {
        "order": order.number,
        "customer": order.customer.ref,
        "amount": f"{payment.amount:.2f}",
        "currency": order.currency,
        "method": {"ref": method.ref, "kind": method.kind} if method else None,
        "case": case.ref if case else None,
        "at": payment.at.isoformat(),
    }
    queue.put(
        ConnectorCall(
            port=Connector.Port.PAYMENT,
            action=_ACTIONS[Payment.Kind(payment.kind)],
            payload=payload,
            order=order,
            payment=payment,
        )
    )


def withdraw(payment: Payment) -> bool:
    """Take a charge back that nobody has been asked for yet; whether that was so.

    What is done by hand stays: somebody may be at it.
    """
    unsent = ConnectorCall.objects.filter(
        payment=payment, state=ConnectorCall.State.PENDING, attempts=0
    )
    if not unsent.update(
        state=ConnectorCall.State.FAILED, last_error="withdrawn before it was made"
    ):
        return False
    payment.state = Payment.State.FAILED
    payment.save(update_fields=["state"])
    return True


def unbook(refund: Payment) -> None:
    """Forget a refund, unless somebody has been asked for it or may be at it.

    It is nothing that failed, of which the shopper would have to hear; the audit of the
    write keeps it.
    """
    unsent = ConnectorCall.objects.filter(
        payment=refund, state=ConnectorCall.State.PENDING, attempts=0
    )
    if unsent.delete()[0]:
        refund.delete()
