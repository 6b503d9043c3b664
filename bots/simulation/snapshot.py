"""The shop's rows as they are, read straight from the tables."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from orders.models import Case as CaseRow
from orders.models import (
    CaseLine,
    Customer,
    Order,
    OrderLine,
    Payment,
    PaymentMethod,
    Variant,
)


@dataclass(frozen=True, kw_only=True)
class Case:
    ref: str
    kind: str
    status: str
    ground: str
    items: Mapping[str, int]
    replacements: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An order with all that hangs on it."""

    number: str
    customer: str
    placed_at: datetime
    status: str
    delivered_at: datetime | None
    address: Mapping[str, str]
    delivery: tuple[str, date | None, str]
    cancel_reason: str
    # A SKU, how many, at what price.
    lines: tuple[tuple[str, int, Decimal], ...]
    # Kind, method, amount, state.
    payments: tuple[tuple[str, str | None, Decimal, str], ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    orders: Mapping[str, Placed]
    # Address and balances.
    customers: Mapping[str, Any]
    stock: Mapping[str, int]

    def changed_orders(self, later: "Snapshot") -> set[str]:
        numbers = self.orders.keys() | later.orders.keys()
        return {n for n in numbers if self.orders.get(n) != later.orders.get(n)}

    def changed_customers(self, later: "Snapshot") -> set[str]:
        refs = self.customers.keys() | later.customers.keys()
        return {r for r in refs if self.customers.get(r) != later.customers.get(r)}


def take() -> Snapshot:
    lines, payments, cases = _lines(), _payments(), _cases()
    orders = {
        order.number: Placed(
            number=order.number,
            customer=order.customer.ref,
            placed_at=order.placed_at,
            status=order.status,
            delivered_at=order.delivered_at,
            address=order.address,
            delivery=(order.delivery_method, order.deliver_on, order.delivery_note),
            cancel_reason=order.cancel_reason,
            lines=tuple(lines[order.pk]),
            payments=tuple(payments[order.pk]),
            cases=tuple(cases[order.pk]),
        )
        for order in Order.objects.select_related("customer").order_by("pk")
    }
    return Snapshot(orders=orders, customers=_customers(), stock=_stock())


def _lines() -> dict[int, list[tuple[str, int, Decimal]]]:
    found: dict[int, list[tuple[str, int, Decimal]]] = defaultdict(list)
    rows = OrderLine.objects.order_by("pk")
    for order, sku, count, price in rows.values_list(
        "order", "variant__sku", "quantity", "unit_price"
    ):
        found[order].append((sku, count, price))
    return found


def _payments() -> dict[int, list[tuple[str, str | None, Decimal, str]]]:
    found: dict[int, list[tuple[str, str | None, Decimal, str]]] = defaultdict(list)
    rows = Payment.objects.order_by("pk")
    for order, kind, method, amount, state in rows.values_list(
        "order", "kind", "method__ref", "amount", "state"
    ):
        found[order].append((kind, method, amount, state))
    return found


def _cases() -> dict[int, list[Case]]:
    items: dict[int, dict[str, int]] = defaultdict(dict)
    for case, sku, count in CaseLine.objects.values_list(
        "case", "line__variant__sku", "quantity"
    ):
        items[case][sku] = items[case].get(sku, 0) + count
    found = defaultdict(list)
    for row in CaseRow.objects.order_by("pk"):
        found[row.order_id].append(
            Case(
                ref=row.ref,
                kind=row.kind,
                status=row.status,
                ground=row.ground,
                items=items[row.pk],
                replacements=tuple(row.replacement_skus),
            )
        )
    return found


def _customers() -> dict[str, Any]:
    balances = defaultdict(list)
    for ref, method, balance in PaymentMethod.objects.order_by("pk").values_list(
        "customer__ref", "ref", "balance"
    ):
        balances[ref].append((method, balance))
    return {
        ref: (address, balances[ref])
        for ref, address in Customer.objects.values_list("ref", "address")
    }


def _stock() -> dict[str, int]:
    return dict(Variant.objects.values_list("sku", "stock"))
