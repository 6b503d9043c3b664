"""The whole shop in the canonical form of the cases: dumped, compared and hashed."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from ecomsupport.taubench.data import ADDRESS
from orders.models import (
    Case,
    Customer,
    Order,
    OrderLine,
    Payment,
    PaymentMethod,
    Shipment,
)

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class State:
    """All orders and users by id."""

    orders: Json
    users: Json

    def sha256(self) -> str:
        whole = {"orders": self.orders, "users": self.users}
        return hashlib.sha256(canonical(whole).encode()).hexdigest()

    def since(self, start: "State") -> "State":
        """The objects, whole, that are not as they were at the start."""
        return State(
            orders=_differing(self.orders, start.orders),
            users=_differing(self.users, start.users),
        )


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def dump() -> State:
    """Read everything: also what no case should have touched."""
    return State(orders=_orders(), users=_users())


def cents(amount: Decimal | float) -> int:
    return round(amount * 100)


def tau_address(address: Json) -> Json:
    return {theirs: address.get(ours, "") for theirs, ours in ADDRESS.items()}


def _differing(now: Json, then: Json) -> Json:
    return {key: value for key, value in now.items() if then.get(key) != value}


def _orders() -> Json:
    items, payments, fulfillments = _items(), _payments(), _fulfillments()
    cases = _cases()
    rows = _rows(
        Order.objects.values_list(
            "pk", "number", "customer__ref", "status", "address", "cancel_reason",
            "items_changed_at",
        )
    )  # fmt: skip
    return {
        number: {
            "user_id": owner,
            "status": _status(status, changed_at, cases.get(pk, {})),
            "address": _address(address),
            "items": sorted(items[pk]),
            "payments": sorted(payments[pk]),
            "cancel_reason": reason or None,
            "exchange": None,
            "return": None,
            "fulfillments": sorted(fulfillments[pk]),
        }
        | cases.get(pk, {})
        for pk, number, owner, status, address, reason, changed_at in rows
    }


def _status(status: str, changed_at: object, cases: Json) -> str:
    if status == Order.Status.PENDING and changed_at:
        return "pending (item modified)"
    if status == Order.Status.DELIVERED and cases:
        [kind] = cases
        return f"{kind} requested"
    return status


def _items() -> dict[int, list[Any]]:
    rows = OrderLine.objects.values_list(
        "order_id", "product__ref", "variant__sku", "unit_price", "quantity"
    )
    return _grouped(
        (order, [product, sku, cents(price)])
        for order, product, sku, price, quantity in _rows(rows)
        for _piece in range(quantity)
    )


def _payments() -> dict[int, list[Any]]:
    rows = Payment.objects.values_list("order_id", "kind", "amount", "method__ref")
    return _grouped(
        (order, [kind, cents(amount), method or ""])
        for order, kind, amount, method in _rows(rows)
        if amount
    )


def _fulfillments() -> dict[int, list[Any]]:
    rows = Shipment.objects.values_list("order_id", "tracking_number", "skus")
    return _grouped(
        (order, [sorted(tracking.split()), sorted(json.loads(skus))])
        for order, tracking, skus in _rows(rows)
    )


def _cases() -> dict[int, Json]:
    """Of each order that has one, {"exchange": …} or {"return": …}."""
    cases = Case.objects.exclude(status=Case.Status.REJECTED)
    return {
        case.order_id: {case.kind: _case(case)}
        for case in cases.select_related("refund_method").prefetch_related(
            "lines__line__variant"
        )
    }


def _case(case: Case) -> Json:
    method = case.refund_method.ref if case.refund_method else None
    told: Json = {"items": sorted(case.skus), "payment_method_id": method}
    if case.kind == Case.Kind.EXCHANGE:
        told["new_items"] = sorted(case.replacement_skus)
        told["difference"] = cents(case.difference or Decimal())
    return told


def _users() -> Json:
    rows = PaymentMethod.objects.values_list("customer_id", "ref", "kind", "balance")
    methods = _grouped(
        (
            customer,
            (ref, {"source": kind, "balance": None if held is None else cents(held)}),
        )
        for customer, ref, kind, held in _rows(rows)
    )
    orders = _grouped(_rows(Order.objects.values_list("customer_id", "number")))
    users = Customer.objects.values_list("pk", "ref", "name", "email", "address")
    return {
        ref: {
            "name": list(name.partition(" ")[::2]),
            "email": email,
            "address": _address(address),
            "payment_methods": dict(methods[pk]),
            "orders": sorted(orders[pk]),
        }
        for pk, ref, name, email, address in _rows(users)
    }


def _rows(wanted: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """The rows as the database's driver gives them, JSON as text.

    All of the shop is read after each case: Django's own types take five times as long.
    """
    sql, values = wanted.order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@lru_cache(maxsize=10_000)
def _address(text: str) -> Json:
    return tau_address(json.loads(text))


def _grouped(pairs: Iterable[tuple[Any, ...]]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
