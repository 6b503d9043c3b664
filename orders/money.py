"""How an order's money moves.

Gift cards move at once. Everything else is booked and carried out by the connector for
payments; until then it is under way.
"""

from datetime import datetime
from decimal import Decimal

from django.db.models import F
from django.db.models.functions import Coalesce, Round

from orders import balance, connectors, happenings
from orders.balance import lacking
from orders.models import Case, Customer, Order, Payment, PaymentMethod, fetched
from orders.refusal import Code, Refusal

_NOTHING = Decimal("0.00")

held, holds = balance.held, balance.holds


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
    holding = balance.holds(order)
    methods = [one.method for one in booked if one.kind == Payment.Kind.PAYMENT]
    for method in methods:
        if holding.get(method.pk if method else None, Decimal()) > 0:
            return method
    return methods[0] if methods else None


def check_covers(method: PaymentMethod, amount: Decimal) -> None:
    """Raise `Refusal` where a gift card holds less; other methods are not asked."""
    gift_card = method.kind == PaymentMethod.Kind.GIFT_CARD
    if gift_card and (method.balance or Decimal()) < amount:
        raise Refusal(Code.BALANCE_TOO_LOW)


def payable(order: Order, difference: Decimal) -> Decimal:
    """As much of a difference as can be settled: what was never paid stays here."""
    if difference >= 0:
        return difference
    return -max(min(-difference - lacking(order), held(order)), _NOTHING)


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
    """Book a refund; a gift card is credited at once.

    Raises `Refusal` (PAYMENT_UNDER_WAY) where it would get what may never come in.
    """
    if method is not None and method.kind == PaymentMethod.Kind.GIFT_CARD:
        if amount > balance.came_in(order):
            raise Refusal(Code.PAYMENT_UNDER_WAY)
        credited = PaymentMethod.objects.filter(pk=method.pk)
        credited.update(balance=Round(Coalesce(F("balance"), Decimal()) + amount, 2))
    return _book(Payment.Kind.REFUND, order, method, amount, at, case)


def give_all_back(order: Order, at: datetime) -> list[Payment]:
    """Refund to each method what came in from it, all together no more than is there.

    What is still on its way in follows once it has arrived.
    """
    # Charges that nobody was asked for need not be given back, and refunds that
    # waited for one are reckoned anew.
    under_way = order.payments.filter(state=Payment.State.DUE)
    for due in under_way.filter(kind=Payment.Kind.PAYMENT):
        connectors.withdraw(due)
    for due in under_way.filter(kind=Payment.Kind.REFUND):
        connectors.unbook(due)
    of_methods = balance.arrivals(order)
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
