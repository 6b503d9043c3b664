"""An order's money: what the shop holds of it, and how it moves.

Gift cards move at once. Everything else is booked and carried out by the connector for
payments; until then it is under way.
"""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce, Round

from orders import connectors, happenings
from orders.models import Case, Customer, Order, Payment, PaymentMethod
from orders.refusal import Code, Refusal


def held(order: Order) -> Decimal:
    """Money of the order that the shop holds: payments less refunds."""
    return sum(holds(order).values(), Decimal("0.00"))


def holds(order: Order) -> dict[int | None, Decimal]:
    """What each payment method has paid and not got back, in the order of payment."""
    found: dict[int | None, Decimal] = defaultdict(Decimal)
    for payment in order.payments.all():
        if payment.state == Payment.State.FAILED:
            continue
        sign = 1 if payment.kind == Payment.Kind.PAYMENT else -1
        found[payment.method_id] += sign * payment.amount
    return dict(found)


def charged(order: Order) -> Decimal:
    """What the order cost the shopper, the money of after-sales cases left aside."""
    counted = order.payments.filter(case__isnull=True).exclude(
        state=Payment.State.FAILED
    )
    paid = counted.filter(kind=Payment.Kind.PAYMENT).aggregate(s=Sum("amount"))
    back = counted.filter(kind=Payment.Kind.REFUND).aggregate(s=Sum("amount"))
    # A case that came from the shop's files brings a refund that names no case.
    imported = order.cases.filter(status=Case.Status.COMPLETED, payments__isnull=True)
    return _sum(paid) - _sum(back) + _sum(imported.aggregate(s=Sum("refund_amount")))


def promised(order: Order) -> Decimal:
    """What open cases will pay back."""
    over = Q(status__in=[Case.Status.REJECTED, Case.Status.COMPLETED])
    cases = order.cases.exclude(over | Q(cancels_order=True))
    cheaper = cases.filter(difference__lt=0).aggregate(s=Sum("difference"))
    return _sum(cases.aggregate(s=Sum("refund_amount"))) - _sum(cheaper)


def refunded(order: Order) -> Decimal:
    """What was paid back on this order so far, or is under way."""
    refunds = order.payments.filter(kind=Payment.Kind.REFUND)
    found = refunds.exclude(state=Payment.State.FAILED).aggregate(s=Sum("amount"))
    return _sum(found)


def method_of(customer: Customer, ref: str) -> PaymentMethod:
    """Return a customer's own payment method; raises `Refusal`."""
    method = PaymentMethod.objects.filter(customer=customer, ref=ref).first()
    if method is None:
        raise Refusal(Code.METHOD_NOT_FOUND)
    return method


def payer(order: Order) -> PaymentMethod | None:
    """What the order is paid with: what first paid and holds, else what first paid."""
    paid = order.payments.filter(kind=Payment.Kind.PAYMENT).select_related("method")
    holding = holds(order)
    methods = [payment.method for payment in paid]
    for method in methods:
        if holding.get(method.pk if method else None, Decimal()) > 0:
            return method
    return methods[0] if methods else None


def check_covers(method: PaymentMethod, amount: Decimal) -> None:
    """Raise `Refusal` where a gift card holds less; other methods are not asked."""
    gift_card = method.kind == PaymentMethod.Kind.GIFT_CARD
    if gift_card and (method.balance or Decimal()) < amount:
        raise Refusal(Code.BALANCE_TOO_LOW)


def settle(
    order: Order,
    method: PaymentMethod | None,
    difference: Decimal,
    at: datetime,
    *,
    case: Case | None = None,
) -> None:
    """Charge a difference above 0, pay one below 0 back."""
    if difference > 0:
        charge(order, method, difference, at, case=case)
    elif difference < 0:
        give_back(order, method, -difference, at, case=case)


def charge(
    order: Order,
    method: PaymentMethod | None,
    amount: Decimal,
    at: datetime,
    *,
    case: Case | None = None,
) -> Payment:
    """Book a payment; raises `Refusal` where a gift card holds less."""
    if method is not None and method.kind == PaymentMethod.Kind.GIFT_CARD:
        drawn = PaymentMethod.objects.filter(pk=method.pk, balance__gte=amount)
        # The condition is the guard: whatever runs at once, it never goes below 0.
        # Rounded, since SQLite calculates in floats.
        if not drawn.update(balance=Round(F("balance") - amount, 2)):
            raise Refusal(Code.BALANCE_TOO_LOW)
    return _book(Payment.Kind.PAYMENT, order, method, amount, at, case)


def give_back(
    order: Order,
    method: PaymentMethod | None,
    amount: Decimal,
    at: datetime,
    *,
    case: Case | None = None,
) -> Payment:
    """Book a refund; a gift card is credited at once."""
    if method is not None and method.kind == PaymentMethod.Kind.GIFT_CARD:
        credited = PaymentMethod.objects.filter(pk=method.pk)
        credited.update(balance=Round(Coalesce(F("balance"), Decimal()) + amount, 2))
    return _book(Payment.Kind.REFUND, order, method, amount, at, case)


def give_all_back(order: Order, at: datetime) -> list[Payment]:
    """Refund to each method what it still holds, all together no more than is held."""
    of_methods = holds(order)
    # Less than the sum where an earlier refund went to another method.
    left = sum(of_methods.values(), Decimal())
    methods = PaymentMethod.objects.in_bulk([pk for pk in of_methods if pk is not None])
    refunds = []
    for pk in sorted(of_methods, key=lambda pk: pk or 0):
        amount = min(of_methods[pk], left)
        if amount <= 0:
            continue
        left -= amount
        method = None if pk is None else methods[pk]
        refunds.append(give_back(order, method, amount, at))
    return refunds


def _book(
    kind: Payment.Kind,
    order: Order,
    method: PaymentMethod | None,
    amount: Decimal,
    at: datetime,
    case: Case | None,
) -> Payment:
    at_once = method is not None and method.kind == PaymentMethod.Kind.GIFT_CARD
    payment = Payment.objects.create(
        order=order,
        kind=kind,
        method=method,
        amount=amount,
        at=at,
        case=case,
        booked_here=True,
        state=Payment.State.SETTLED if at_once else Payment.State.DUE,
    )
    if not at_once:
        connectors.carry_out(payment)
    elif kind == Payment.Kind.REFUND:
        happenings.refunded(order, payment)
    return payment


def _sum(found: dict[str, Decimal | None]) -> Decimal:
    # SQLite adds up in floats.
    return (found["s"] or Decimal()).quantize(Decimal("0.01"))
