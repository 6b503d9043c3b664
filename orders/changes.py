"""Changes of an order before it is packed."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from orders import audit
from orders.models import Customer, Order, OrderLine, Payment, PaymentMethod, Variant
from orders.refusal import Code, Refusal


def check_cancel(order: Order) -> None:
    """Raise `Refusal` where the order cannot be cancelled (any more)."""
    if order.status == Order.Status.CANCELLED:
        raise Refusal(Code.ALREADY_CANCELLED, status=order.status)
    if order.status != Order.Status.PENDING:
        raise Refusal(Code.NOT_PENDING, status=order.status)


@transaction.atomic
def cancel(
    number: str,
    *,
    customer: Customer,
    reason: str,
    now: datetime,
    actor: str = "bot",
    confirmation: str = "",
) -> Order:
    """Cancel a pending order: money back to where it came from, pieces to stock.

    Raises `Refusal` (ORDER_NOT_FOUND, ALREADY_CANCELLED, NOT_PENDING); nothing is
    changed then. Gift cards are credited at once.
    """
    order = (
        Order.objects.select_for_update()
        .filter(number=number, customer=customer)
        .first()
    )
    if order is None:
        raise Refusal(Code.ORDER_NOT_FOUND)
    check_cancel(order)
    refunds = _give_back(order, now)
    _restock(order)
    before = {"status": order.status}
    order.status = Order.Status.CANCELLED
    order.cancelled_at = now
    order.cancel_reason = reason[:64]
    order.save(update_fields=["status", "cancelled_at", "cancel_reason"])
    audit.record(
        "cancel_order",
        order.number,
        actor=actor,
        customer=customer,
        at=now,
        arguments={"reason": reason},
        before=before,
        after={
            "status": order.status,
            "refunds": [str(refund.amount) for refund in refunds],
        },
        confirmation=confirmation,
    )
    return order


def _give_back(order: Order, now: datetime) -> list[Payment]:
    """Refund to each method what it still holds, all together no more than is held."""
    holds: dict[int | None, Decimal] = {}
    for payment in order.payments.all():
        sign = 1 if payment.kind == Payment.Kind.PAYMENT else -1
        held = holds.get(payment.method_id, Decimal())
        holds[payment.method_id] = held + sign * payment.amount
    refunds = []
    # Less than the sum where an earlier refund went to another method.
    left = sum(holds.values(), Decimal())
    for method_id, of_method in sorted(holds.items(), key=lambda item: item[0] or 0):
        amount = min(of_method, left)
        if amount <= 0:
            continue
        left -= amount
        refunds.append(
            Payment.objects.create(
                order=order,
                kind=Payment.Kind.REFUND,
                method_id=method_id,
                amount=amount,
                at=now,
            )
        )
        PaymentMethod.objects.filter(
            payments=refunds[-1], kind=PaymentMethod.Kind.GIFT_CARD
        ).update(balance=Coalesce(F("balance"), Decimal()) + amount)
    return refunds


def _restock(order: Order) -> None:
    # In the order of their keys, so that two cancellations cannot deadlock.
    lines = OrderLine.objects.filter(order=order).order_by("variant_id")
    for line in lines:
        Variant.objects.filter(pk=line.variant_id).update(
            stock=F("stock") + line.quantity
        )
