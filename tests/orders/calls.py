"""How each write is called when all is well, for tests that spoil one thing."""

from collections.abc import Callable
from typing import Any

from orders.models import Case, Order
from orders.tools.calling import call
from orders.tools.register import TOOLS
from orders.tools.tool import Audience
from tests.orders.shop import ADDRESS, STAFF, Shop

Arguments = dict[str, Any]
Status, CaseStatus = Order.Status, Case.Status


def item(sku: str, quantity: int = 1) -> Arguments:
    return {"items": [{"sku": sku, "quantity": quantity}]}


def swap(sku: str, new: str, quantity: int = 1) -> Arguments:
    return {"swaps": [{"sku": sku, "new_sku": new, "quantity": quantity}]}


# What each write of an order takes when all is well, besides the order's number.
GOOD: dict[str, Callable[[Shop], Arguments]] = {
    "cancel_order": lambda _: {"reason": "too_slow"},
    "change_address": lambda _: {"address": ADDRESS},
    "change_payment": lambda shop: {"method": shop.other_card.ref},
    "change_items": lambda shop: {
        **swap(shop.red.sku, shop.blue.sku),
        "method": shop.card.ref,
    },
    "change_delivery": lambda _: {"method": "express"},
    "open_return": lambda shop: item(shop.red.sku),
    "open_exchange": lambda shop: swap(shop.red.sku, shop.blue.sku),
    "open_repair": lambda shop: item(shop.red.sku),
    "open_refund": lambda shop: {**item(shop.red.sku), "ground": "damaged"},
}
CASE_WRITES = {
    "withdraw_case": {CaseStatus.REQUESTED, CaseStatus.APPROVED},
    "approve_case": {CaseStatus.REQUESTED},
    "reject_case": {CaseStatus.REQUESTED, CaseStatus.APPROVED, CaseStatus.RECEIVED},
    "receive_case": {CaseStatus.APPROVED},
    "complete_case": {CaseStatus.RECEIVED},
}
BEFORE_PACKING = [name for name in GOOD if name.startswith(("cancel", "change"))]
AFTER_SALES = [name for name in GOOD if name.startswith("open")]


def case_arguments(name: str, ref: str) -> Arguments:
    decision = {"decision": "No."} if name == "reject_case" else {}
    return {"ref": ref, **decision}


def write(name: str, arguments: Arguments, shop: Shop) -> Any:
    """As the one who may: the shopper, or staff."""
    staff = TOOLS[name].audience == Audience.STAFF
    return call(name, arguments, by=STAFF if staff else shop.by())


def ready(shop: Shop, name: str) -> Order:
    """An order that nothing but its arguments stands in the way of."""
    pending = name in BEFORE_PACKING
    return shop.order(Status.PENDING if pending else Status.DELIVERED)
