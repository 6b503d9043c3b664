"""An order's money: what the shop holds of it, and how it moves.

Gift cards move at once. Everything else is booked and carried out by the connector for
payments; until then it is under way.
"""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal

from django.db.models import F
from django.db.models.functions import Coalesce, Round

from orders import connectors, happenings
from orders.models import Case, Customer, Order, Payment, PaymentMethod, fetched
from orders.refusal import Code, Refusal

_NOTHING = Decimal("0.00")


def held(order: Order) -> Decimal:
    """Money of the order that the shop holds: payments less refunds."""
    return sum(holds(order).values(), Decimal("0.00"))


def holds(order: Order) -> dict[int | None, Decimal]:
    """What each payment method has paid and not got back, in the order of payment."""
    found: dict[int | None, Decimal] = defaultdict(Decimal)
    for payment in order.payments.all():
        if payment.state != Payment.State.FAILED:
            found[payment.method_id] += _signed(payment)
    return dict(found)


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


def method_of(customer: Customer, ref: str) -> PaymentMethod:
    """Return a customer's own payment method; raises `Refusal`."""
    method = PaymentMethod.objects.filter(customer=customer, ref=ref).first()
    if method is None:
        raise Refusal(Code.METHOD_NOT_FOUND)
    return method


def payer(order: Order) -> PaymentMethod | None:
    """What the order is paid with: what first paid and holds, else what first paid."""
    booked = order.payments.all()
    if not fetched.has(order, "payments"):
        booked = booked.select_related("method")
    holding = holds(order)
    methods = [one.method for one in booked if one.kind == Payment.Kind.PAYMENT]
    for method in methods:
        if holding.get(method.pk if method else None, Decimal()) > 0:
            return method
    return methods[0] if methods else None


def lacks_payment(order: Order) -> bool:
    """Whether a charge failed and nothing is held of the order."""
    failed = order.payments.filter(
        kind=Payment.Kind.PAYMENT, state=Payment.State.FAILED
    )
    return not held(order) and failed.exists()


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
    # What was not asked for yet need not be given back.
    for payment in order.payments.filter(
        kind=Payment.Kind.PAYMENT, state=Payment.State.DUE
    ):
        connectors.withdraw(payment)
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


def _signed(payment: Payment) -> Decimal:
    """What it brings the shop: below 0 for a refund; nothing, where it failed."""
    if payment.state == Payment.State.FAILED:
        return _NOTHING
    is_refund = payment.kind == Payment.Kind.REFUND
    return -payment.amount if is_refund else payment.amount
