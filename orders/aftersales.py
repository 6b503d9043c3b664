"""After-sales cases: what a return would bring, and the opening of one."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from orders import audit, lookup, policy
from orders.models import Case, CaseLine, Customer, Order, OrderLine, Payment
from orders.models.customer import PaymentMethod
from orders.refusal import Code, Refusal


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """So many pieces of a line of an order."""

    line: OrderLine
    quantity: int

    @property
    def amount(self) -> Decimal:
        return self.line.unit_price * self.quantity


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What the shopper would get back, how, and until when it can be asked for."""

    amount: Decimal
    method: PaymentMethod | None
    deadline: datetime


def check_return(order: Order, now: datetime) -> datetime:
    """Return the deadline; raise `Refusal` where nothing can be returned."""
    deadline = policy.return_deadline(order)
    if order.status != Order.Status.DELIVERED or deadline is None:
        raise Refusal(Code.NOT_DELIVERED, status=order.status)
    if now > deadline:
        raise Refusal(
            Code.WINDOW_PASSED,
            deadline=deadline.isoformat(),
            days=policy.in_force(order.placed_at).return_days,
        )
    if not returnable(order):
        raise Refusal(Code.CASE_OPEN)
    return deadline


def returnable(order: Order) -> list[Pieces]:
    """What of each line is in no case, those that were rejected aside."""
    taken: Counter[int] = Counter()
    cases = CaseLine.objects.filter(line__order=order)
    for case in cases.exclude(case__status=Case.Status.REJECTED):
        taken[case.line_id] += case.quantity
    lines = order.lines.select_related("product", "variant")
    left = [
        Pieces(line=line, quantity=line.quantity - taken[line.pk]) for line in lines
    ]
    return [pieces for pieces in left if pieces.quantity > 0]


def choose(order: Order, counts: Mapping[str, int]) -> list[Pieces]:
    """Take so many pieces of each SKU, from what can be returned.

    Raises `Refusal` (LINE_NOT_IN_ORDER) where there are not so many, or none at all.
    """
    wanted = Counter(counts)
    chosen = []
    for pieces in returnable(order):
        sku = pieces.line.variant.sku
        taken = min(wanted[sku], pieces.quantity)
        if taken > 0:
            wanted[sku] -= taken
            chosen.append(Pieces(line=pieces.line, quantity=taken))
    if not chosen or min(counts.values()) < 1 or any(wanted.values()):
        raise Refusal(Code.LINE_NOT_IN_ORDER)
    return chosen


def quote_return(order: Order, chosen: Sequence[Pieces], now: datetime) -> Quote:
    """Say what returning these pieces would bring.

    Raises `Refusal` as `check_return`, or LINE_NOT_IN_ORDER for what is not there or
    already in a case.
    """
    deadline = check_return(order, now)
    possible = {pieces.line.pk: pieces.quantity for pieces in returnable(order)}
    if not chosen or any(
        not 0 < pieces.quantity <= possible.get(pieces.line.pk, 0) for pieces in chosen
    ):
        raise Refusal(Code.LINE_NOT_IN_ORDER)
    paid = order.payments.filter(kind=Payment.Kind.PAYMENT).first()
    price = sum((pieces.amount for pieces in chosen), Decimal())
    return Quote(
        amount=min(price, _left(order)),
        method=paid.method if paid else None,
        deadline=deadline,
    )


def _left(order: Order) -> Decimal:
    """Money of the order that was neither paid back nor promised to be."""
    promised = sum(
        (case.refund_amount or Decimal() for case in lookup.open_cases(order)),
        Decimal(),
    )
    return max(lookup.held(order) - promised, Decimal())


@transaction.atomic
def open_return(
    number: str,
    counts: Mapping[str, int],
    *,
    customer: Customer,
    reason: str,
    now: datetime,
    actor: str = "bot",
    confirmation: str = "",
) -> Case:
    """Open a return of so many pieces of each SKU.

    Raises `Refusal` as `quote_return`, or ORDER_NOT_FOUND; nothing is changed then.
    """
    order = (
        Order.objects.select_for_update()
        .filter(number=number, customer=customer)
        .first()
    )
    if order is None:
        raise Refusal(Code.ORDER_NOT_FOUND)
    check_return(order, now)
    chosen = choose(order, counts)
    quote = quote_return(order, chosen, now)
    case = Case.objects.create(
        ref=_new_ref(),
        kind=Case.Kind.RETURN,
        order=order,
        reason=reason[:500],
        opened_at=now,
        refund_amount=quote.amount,
        refund_method=quote.method,
    )
    CaseLine.objects.bulk_create(
        [CaseLine(case=case, line=one.line, quantity=one.quantity) for one in chosen]
    )
    audit.record(
        "open_return",
        order.number,
        actor=actor,
        customer=customer,
        at=now,
        arguments={"pieces": dict(counts), "reason": reason},
        before={},
        after={"case": case.ref, "amount": str(quote.amount)},
        confirmation=confirmation,
    )
    return case


def refunded(order: Order) -> Decimal:
    """What was paid back on this order so far."""
    found = order.payments.filter(kind=Payment.Kind.REFUND).aggregate(sum=Sum("amount"))
    amount: Decimal | None = found["sum"]
    return amount or Decimal()


def _new_ref() -> str:
    # Without letters and digits that are mistaken for one another on the phone.
    alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    return "R" + "".join(secrets.choice(alphabet) for _ in range(8))
