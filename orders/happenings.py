"""What happened to an order, for whoever tells the shopper; each is recorded once.

An event's key is made of what the shop says, never of our rows' ids: an import deletes
rows and writes them anew.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from orders import parcels
from orders.balance import lacking
from orders.models import ConnectorCall, Order, OrderEvent, Payment

Kind = OrderEvent.Kind

# What is older is history, and nobody is told.
FRESH = timedelta(hours=24)
# Clocks differ; what lies further ahead has not happened.
AHEAD = timedelta(minutes=10)

_OF_MONEY = {
    Payment.Kind.PAYMENT: Kind.PAID,
    Payment.Kind.REFUND: Kind.REFUNDED,
}


def is_news(at: datetime, now: datetime) -> bool:
    return now - FRESH <= at <= now + AHEAD


def observe(
    orders: Iterable[Order],
    now: datetime,
    *,
    just_shipped: Collection[str] = frozenset(),
) -> int:
    """Record what happened to these orders within the last day and is not known yet.

    `just_shipped`: the numbers of those whose status became "shipped" a moment ago,
    which says so where no carrier does. Returns how many events were looked at.
    """
    rows = Order.objects.filter(pk__in=[order.pk for order in orders]).prefetch_related(
        "payments__method", "shipments__events"
    )
    events = [
        event
        for order in rows
        for event in _events(order, now, just_shipped=order.number in just_shipped)
        if is_news(event.at, now)
    ]
    OrderEvent.objects.bulk_create(events, ignore_conflicts=True)
    return len(events)


def refunded(order: Order, payment: Payment) -> None:
    """A refund has reached the shopper, just now."""
    now = timezone.now()
    others = Payment.objects.filter(
        order=order,
        kind=Payment.Kind.REFUND,
        state=Payment.State.SETTLED,
        amount=payment.amount,
    )
    place = others.exclude(pk=payment.pk).count() + 1
    event = _money(order, payment, place, at=now, now=now)
    OrderEvent.objects.bulk_create([event], ignore_conflicts=True)


def payment_failed(order: Order, call: ConnectorCall) -> None:
    """A charge of the order has failed for good, just now.

    Where the order is cancelled nobody waits for the money, and nobody is told.
    """
    if call.payment is None or order.status == Order.Status.CANCELLED:
        return
    now = timezone.now()
    event = OrderEvent(
        order=order,
        kind=Kind.PAYMENT_FAILED,
        key=f"{order.number}:{Kind.PAYMENT_FAILED}:{call.key}",
        at=now,
        recorded_at=now,
        facts={
            **_facts(order, call.payment),
            "lacking": bool(lacking(order)),
            "changeable": order.status == Order.Status.PENDING,
        },
    )
    OrderEvent.objects.bulk_create([event], ignore_conflicts=True)


def _events(order: Order, now: datetime, *, just_shipped: bool) -> Iterator[OrderEvent]:
    yield from _of_payments(order, now)
    left = _shipped_at(order, now, just_shipped=just_shipped)
    for step in parcels.steps(order, shipped_at=left):
        yield OrderEvent(
            order=order,
            kind=step.kind,
            key=f"{order.number}:{step.kind}:{step.ident}",
            at=step.at,
            recorded_at=now,
            facts=step.facts,
        )


def _of_payments(order: Order, now: datetime) -> Iterator[OrderEvent]:
    seen: Counter[tuple[str, str]] = Counter()
    for payment in order.payments.all():
        if payment.state == Payment.State.SETTLED:
            same = (payment.kind, _amount(payment))
            seen[same] += 1
            yield _money(order, payment, seen[same], at=payment.at, now=now)


def _money(
    order: Order, payment: Payment, place: int, *, at: datetime, now: datetime
) -> OrderEvent:
    """`place` counts payments of one amount: the shop's books may have another time."""
    kind = _OF_MONEY[Payment.Kind(payment.kind)]
    return OrderEvent(
        order=order,
        kind=kind,
        key=f"{order.number}:{kind}:{_amount(payment)}:{place}",
        at=at,
        recorded_at=now,
        facts=_facts(order, payment),
    )


def _facts(order: Order, payment: Payment) -> dict[str, str | bool]:
    method = payment.method
    return {
        "amount": _amount(payment),
        "currency": order.currency,
        "method": method.label if method else "",
        "method_kind": method.kind if method else "",
    }


def _amount(payment: Payment) -> str:
    return f"{payment.amount:.2f}"


def _shipped_at(order: Order, now: datetime, *, just_shipped: bool) -> datetime | None:
    """When the order left, where only its status says that it did."""
    if order.status != Order.Status.SHIPPED:
        return None
    # An order of today cannot have left before today.
    return now if just_shipped or is_news(order.placed_at, now) else None
