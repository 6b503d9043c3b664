"""The shop's rules for a write, worked out anew from the terms' rows.

The checker must not take the word of the code that it checks.
"""

from datetime import datetime, timedelta

from bots.simulation.snapshot import Placed
from orders.models import PolicyTerms

# The window of each kind of case.
_WINDOWS = {
    "open_return": "return_days",
    "open_refund": "return_days",
    "open_exchange": "exchange_days",
    "open_repair": "warranty_days",
}
_BEFORE_PACKING = frozenset(
    {
        "cancel_order",
        "change_address",
        "change_items",
        "change_payment",
        "change_delivery",
    }
)
# A case that nothing has come of yet.
_EARLY = frozenset({"requested", "approved"})


def allows(action: str, order: Placed, now: datetime) -> bool:
    """Whether a shopper may do this with the order, as far as state and time go."""
    if action in _BEFORE_PACKING:
        return order.status == "pending"
    if action == "open_refund" and order.status == "shipped":
        return True
    if action in _WINDOWS:
        return order.status == "delivered" and _in_window(action, order, now)
    if action == "withdraw_case":
        return any(case.status in _EARLY for case in order.cases)
    return False


def _in_window(action: str, order: Placed, now: datetime) -> bool:
    days = window(action, order)
    if days is None:
        return True
    if order.delivered_at is None:
        return False
    return now <= order.delivered_at + timedelta(days=days)


def window(action: str, order: Placed) -> int | None:
    """The days by the terms that held when the order was placed; None has no end."""
    held = PolicyTerms.objects.filter(valid_from__lte=order.placed_at)
    terms = held.order_by("-valid_from").first() or PolicyTerms()
    days: int | None = getattr(terms, _WINDOWS[action])
    return days
