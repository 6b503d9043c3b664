"""A charge that failed: what counted on its money does not go out."""

from decimal import Decimal

from django.db.models import Q, QuerySet

from orders import balance
from orders.models import ConnectorCall, Order, Payment

State = ConnectorCall.State
_WHY = "a charge of this order failed"


def keep(order: Order) -> None:
    """Keep of the refunds that nobody has made yet what the order now lacks.

    So an order whose new method does not pay stays paid with the old one, and never
    more goes out than came in.
    """
    _cut(_unmade(order).filter(payment__case=None), balance.lacking(order))
    _cut(_unmade(order), -balance.held(order))


def _cut(calls: QuerySet[ConnectorCall], amount: Decimal) -> None:
    for call in calls:
        payment = call.payment
        if payment is None or amount <= 0:
            return
        kept = min(amount, payment.amount)
        amount -= kept
        if kept == payment.amount:
            # It never was: nothing that failed, of which the shopper would have to hear.
            call.delete()
            payment.delete()
        else:
            _lessen(call, payment, kept)


def _unmade(order: Order) -> QuerySet[ConnectorCall]:
    """Refunds that are still to be made, the newest first."""
    unmade = Q(state=State.MANUAL) | Q(state=State.PENDING, attempts=0)
    refunds = order.calls.filter(unmade, action=ConnectorCall.Action.REFUND)
    locked = refunds.select_for_update(of=("self",))
    return locked.select_related("payment").order_by("-pk")


def _lessen(call: ConnectorCall, payment: Payment, kept: Decimal) -> None:
    payment.amount -= kept
    payment.save(update_fields=["amount"])
    call.payload = {**call.payload, "amount": f"{payment.amount:.2f}"}
    call.last_error = _WHY
    call.save(update_fields=["payload", "last_error"])
