"""After-sales cases: what a return would bring, and the opening of one."""

import secrets
from collections.abc import Sequence
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
    if not returnable_lines(order):
        raise Refusal(Code.CASE_OPEN)
    return deadline


def returnable_lines(order: Order) -> list[OrderLine]:
    """Lines of which no piece is in a case that was not rejected."""
    taken = CaseLine.objects.filter(line__order=order).exclude(
        case__status=Case.Status.REJECTED
    )
    taken_ids = set(taken.values_list("line_id", flat=True))
    lines = order.lines.select_related("product", "variant")
    return [line for line in lines if line.pk not in taken_ids]


def quote_return(order: Order, lines: Sequence[OrderLine], now: datetime) -> Quote:
    """Say what returning these lines whole would bring.

    Raises `Refusal` as `check_return`, or LINE_NOT_IN_ORDER for a line that is not
    there or already in a case.
    """
    deadline = check_return(order, now)
    possible = {line.pk for line in returnable_lines(order)}
    if not lines or any(line.pk not in possible for line in lines):
        raise Refusal(Code.LINE_NOT_IN_ORDER)
    paid = order.payments.filter(kind=Payment.Kind.PAYMENT).first()
    price = sum((line.amount for line in lines), Decimal())
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
    skus: Sequence[str],
    *,
    customer: Customer,
    reason: str,
    now: datetime,
    actor: str = "bot",
    confirmation: str = "",
) -> Case:
    """Open a return of these pieces, whole lines each.

    Raises `Refusal` as `quote_return`, or ORDER_NOT_FOUND; nothing is changed then.
    """
    order = (
        Order.objects.select_for_update()
        .filter(number=number, customer=customer)
        .first()
    )
    if order is None:
        raise Refusal(Code.ORDER_NOT_FOUND)
    lines = [line for line in returnable_lines(order) if line.variant.sku in skus]
    quote = quote_return(order, lines, now)
    if {line.variant.sku for line in lines} != set(skus):
        raise Refusal(Code.LINE_NOT_IN_ORDER)
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
        [CaseLine(case=case, line=line, quantity=line.quantity) for line in lines]
    )
    audit.record(
        "open_return",
        order.number,
        actor=actor,
        customer=customer,
        at=now,
        arguments={"skus": list(skus), "reason": reason},
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
