"""Tells what an import brought that happened just now; of history, nothing is asked."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from django.utils import timezone

from orders import happenings
from orders.importing.errors import LineError
from orders.importing.parse.orders import OrderRow
from orders.importing.tally import Outcome
from orders.models import Order

_WRITTEN = {Outcome.CREATED, Outcome.UPDATED}


def record(
    rows: Sequence[OrderRow],
    outcomes: Sequence[Outcome | LineError],
    just_shipped: Collection[str],
) -> None:
    """Have the written orders of which there is news looked at."""
    now = timezone.now()
    fresh = [
        row.ref
        for row, outcome in zip(rows, outcomes, strict=True)
        if outcome in _WRITTEN and (row.ref in just_shipped or _has_news(row, now))
    ]
    if fresh:
        orders = Order.objects.filter(number__in=fresh).only("pk")
        happenings.observe(orders, now, just_shipped=just_shipped)


def _has_news(row: OrderRow, now: datetime) -> bool:
    return any(happenings.is_news(at, now) for at in _times(row))


def _times(row: OrderRow) -> Iterator[datetime]:
    yield row.placed_at
    if row.delivered_at:
        yield row.delivered_at
    for payment in row.payments:
        yield payment.at
    for parcel in row.shipments:
        for event in parcel.events:
            yield event.at
