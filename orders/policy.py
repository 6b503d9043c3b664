"""The shop's terms, from dated rows; what answers and actions both read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from orders.models import Order, PolicyTerms

CANCEL_REASONS = (
    "no_longer_needed",
    "ordered_by_mistake",
    "found_cheaper",
    "too_slow",
    "other",
)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Windows in days after delivery."""

    return_days: int
    exchange_days: int


def in_force(at: datetime) -> Terms:
    """The newest terms that hold at `at`; the defaults where none do yet."""
    row = PolicyTerms.objects.filter(valid_from__lte=at).first() or PolicyTerms()
    return Terms(return_days=row.return_days, exchange_days=row.exchange_days)


def return_deadline(order: Order) -> datetime | None:
    """The last moment a delivered order may be returned, by the terms it had."""
    if order.delivered_at is None:
        return None
    days = in_force(order.placed_at).return_days
    return order.delivered_at + timedelta(days=days)
