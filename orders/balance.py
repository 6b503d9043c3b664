"""What the shop holds of an order's money, what it owes, and what it still lacks."""

from collections import defaultdict
from decimal import Decimal

from orders.models import Case, Order, Payment

_NOTHING = Decimal("0.00")


def held(order: Order) -> Decimal:
    """Money of the order that the shop holds: payments less refunds."""
    return sum(holds(order).values(), _NOTHING)


def holds(order: Order) -> dict[int | None, Decimal]:
    """What each payment method has paid and not got back, in the order of payment."""
    found: dict[int | None, Decimal] = defaultdict(Decimal)
    for payment in order.payments.all():
        if payment.state != Payment.State.FAILED:
            found[payment.method_id] += _signed(payment)
    return dict(found)


def arrived(order: Order) -> Decimal:
    """As `held`, without charges that are under way: these may fail."""
    return sum(arrivals(order).values(), _NOTHING)


def arrivals(order: Order) -> dict[int | None, Decimal]:
    """What came in from each payment method and does not go back to it."""
    found: dict[int | None, Decimal] = defaultdict(Decimal)
    for payment in order.payments.all():
        if not _is_charge_under_way(payment):
            found[payment.method_id] += _signed(payment)
    return dict(found)


def came_in(order: Order) -> Decimal:
    """What is here of the order's money, refunds that are under way included."""
    payments = order.payments.all()
    settled = (one for one in payments if one.state == Payment.State.SETTLED)
    return sum(map(_signed, settled), _NOTHING)


def charged(order: Order) -> Decimal:
    """What the order cost the shopper, the money of after-sales cases left aside."""
    payments = list(order.payments.all())
    counted = (_signed(one) for one in payments if one.case_id is None)
    # A case that came from the shop's files brings a refund that names no case.
    named = {payment.case_id for payment in payments}
    imported = (
        case.refund_amount or _NOTHING
        for case in order.cases.all()
        if case.status == Case.Status.COMPLETED and case.pk not in named
    )
    return sum(counted, _NOTHING) + sum(imported, _NOTHING)


def lacking(order: Order) -> Decimal:
    """What is not paid of the order because a charge failed."""
    if order.status == Order.Status.CANCELLED:
        return _NOTHING
    failed = sum(
        (one.amount for one in order.payments.all() if _is_failed_charge(one)),
        _NOTHING,
    )
    if not failed:
        return _NOTHING
    return min(max(order.total - charged(order), _NOTHING), failed)


def promised(order: Order) -> Decimal:
    """What open cases will pay back."""
    amounts = (
        (case.refund_amount or _NOTHING) + max(-(case.difference or _NOTHING), _NOTHING)
        for case in order.cases.all()
        if case.is_open and not case.cancels_order
    )
    return sum(amounts, _NOTHING)


def refunded(order: Order) -> Decimal:
    """What was paid back on this order so far, or is under way."""
    payments = order.payments.all()
    refunds = (-_signed(one) for one in payments if one.kind == Payment.Kind.REFUND)
    return sum(refunds, _NOTHING)


def _signed(payment: Payment) -> Decimal:
    """What it brings the shop: below 0 for a refund; nothing, where it failed."""
    if payment.state == Payment.State.FAILED:
        return _NOTHING
    is_refund = payment.kind == Payment.Kind.REFUND
    return -payment.amount if is_refund else payment.amount


def _is_charge_under_way(payment: Payment) -> bool:
    due = payment.state == Payment.State.DUE
    return due and payment.kind == Payment.Kind.PAYMENT


def _is_failed_charge(payment: Payment) -> bool:
    failed = payment.state == Payment.State.FAILED
    return failed and payment.kind == Payment.Kind.PAYMENT and payment.case_id is None
