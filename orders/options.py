"""What can be done with an order now, and why not the rest."""

from collections.abc import Callable, Mapping
from datetime import datetime

from orders import aftersales, changes
from orders.models import Case, Order
from orders.refusal import Refusal

_CHECKS: Mapping[str, Callable[[Order, datetime], object]] = {
    "cancel_order": changes.check_cancel,
    "change_address": changes.check_pending,
    "change_payment": changes.check_pending,
    "change_items": changes.check_pending,
    "change_delivery": changes.check_pending,
    "open_return": lambda order, now: aftersales.check(order, Case.Kind.RETURN, now),
    "open_exchange": lambda order, now: aftersales.check(
        order, Case.Kind.EXCHANGE, now
    ),
    "open_repair": lambda order, now: aftersales.check(order, Case.Kind.REPAIR, now),
    "open_refund": lambda order, now: aftersales.check(
        order, Case.Kind.REFUND, now, lost=order.status == Order.Status.SHIPPED
    ),
}


def options(order: Order, now: datetime) -> dict[str, Refusal | None]:
    """Each tool that writes on an order, with what forbids it now, if anything does."""
    return {tool: _forbidden(check, order, now) for tool, check in _CHECKS.items()}


def possible(order: Order, now: datetime) -> tuple[str, ...]:
    """The tools that nothing forbids now."""
    found = options(order, now)
    return tuple(tool for tool, refusal in found.items() if refusal is None)


def check(tool: str, order: Order, now: datetime) -> None:
    """Raise `Refusal`, with what is possible instead, where the tool is forbidden now."""
    refusal = _forbidden(_CHECKS[tool], order, now)
    if refusal is not None:
        raise refusal.or_else(possible(order, now))


def _forbidden(
    check: Callable[[Order, datetime], object], order: Order, now: datetime
) -> Refusal | None:
    try:
        check(order, now)
    except Refusal as refusal:
        return refusal
    return None
