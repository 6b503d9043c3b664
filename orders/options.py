"""What can be done with an order now, and why not the rest."""

from collections.abc import Callable, Mapping
from datetime import datetime

from orders import aftersales, changes
from orders.models import Case, Order
from orders.policy import Book
from orders.refusal import Refusal
from orders.standing import Standing

_CHECKS: Mapping[str, Callable[[Standing], object]] = {
    "cancel_order": changes.check_cancel,
    "change_address": changes.check_pending,
    "change_payment": changes.check_payment,
    "change_items": changes.check_pending,
    "change_delivery": changes.check_pending,
    "open_return": lambda standing: aftersales.check(standing, Case.Kind.RETURN),
    "open_exchange": lambda standing: aftersales.check(standing, Case.Kind.EXCHANGE),
    "open_repair": lambda standing: aftersales.check(standing, Case.Kind.REPAIR),
    "open_refund": lambda standing: aftersales.check(
        standing,
        Case.Kind.REFUND,
        lost=standing.order.status == Order.Status.SHIPPED,
    ),
}


def options(
    order: Order, now: datetime, book: Book | None = None
) -> dict[str, Refusal | None]:
    """Each tool that writes on an order, with what forbids it now, if anything does.

    Who asks about several orders reads the shop's terms once and gives the `book`.
    """
    return _options(Standing(order, now, book))


def possible(order: Order, now: datetime, book: Book | None = None) -> tuple[str, ...]:
    """The tools that nothing forbids now."""
    return _possible(Standing(order, now, book))


def check(tool: str, order: Order, now: datetime, book: Book | None = None) -> None:
    """Raise `Refusal`, with what is possible instead, where the tool is forbidden now."""
    standing = Standing(order, now, book)
    refusal = _forbidden(_CHECKS[tool], standing)
    if refusal is not None:
        raise refusal.or_else(_possible(standing))


def _options(standing: Standing) -> dict[str, Refusal | None]:
    return {tool: _forbidden(check, standing) for tool, check in _CHECKS.items()}


def _possible(standing: Standing) -> tuple[str, ...]:
    found = _options(standing)
    return tuple(tool for tool, refusal in found.items() if refusal is None)


def _forbidden(
    check: Callable[[Standing], object], standing: Standing
) -> Refusal | None:
    try:
        check(standing)
    except Refusal as refusal:
        return refusal
    return None
