"""Writes the shop's files: what `import_shop` reads, as a stream."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from django.db.models import Prefetch
from django.utils import timezone

from orders.models import (
    Case,
    Customer,
    Order,
    OrderLine,
    Payment,
    PaymentMethod,
    Product,
    Shipment,
    Variant,
)
from orders.text import as_given

Json: TypeAlias = dict[str, Any]

# What is written only where it is set.
_ORDER = (
    "discount", "shipping_fee", "delivery_method", "deliver_on", "delivery_note",
    "cancelled_at", "cancel_reason", "items_changed_at",
)  # fmt: skip
_CASE = ("ground", "difference", "fee", "deadline", "decision", "cancels_order")

# SQLite refuses an IN over more than about a thousand different keys of a prefetch.
_CHUNK = 300


def export_shop(directory: Path) -> dict[str, int]:
    """Write the four files and return how many lines each has.

    A file is replaced only once the new one is whole. Raises OSError.
    """
    directory.mkdir(parents=True, exist_ok=True)
    counts = {}
    # What refers to others first: whatever is created meanwhile is then not missing.
    for kind in ("cases", "orders", "products", "customers"):
        path = directory / f"{kind}.jsonl"
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8", newline="\n") as file:
            counts[kind] = 0
            for row in _ROWS[kind]():
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                counts[kind] += 1
        part.replace(path)
    return counts


def _customers() -> Iterator[Json]:
    methods = Prefetch("payment_methods", PaymentMethod.objects.order_by("pk"))
    customers = Customer.objects.order_by("ref").prefetch_related(methods)
    for customer in customers.iterator(_CHUNK):
        yield {
            "ref": customer.ref,
            "name": customer.as_given("name", customer.name),
            "email": customer.email,
            "phone": customer.phone,
            "language": customer.language,
            "timezone": customer.timezone,
            "tags": customer.tags,
            "marketing_opt_in": customer.marketing_opt_in,
            "preferences": customer.preferences,
            "address": customer.address,
            "payment_methods": [_method(m) for m in customer.payment_methods.all()],
        }


def _method(method: PaymentMethod) -> Json:
    row: Json = {"ref": method.ref, "kind": method.kind}
    if method.label:
        row["label"] = method.as_given("label", method.label)
    if method.balance is not None:
        row["balance"] = _amount(method.balance)
    return row


def _products() -> Iterator[Json]:
    products = Product.objects.order_by("ref").prefetch_related("variants")
    for product in products.iterator(_CHUNK):
        yield {
            "ref": product.ref,
            "name": as_given(product.name),
            "category": product.as_given("category", product.category),
            "brand": product.as_given("brand", product.brand),
            "description": as_given(product.description),
            "attributes": {key: as_given(t) for key, t in product.attributes.items()},
            "tags": product.tags,
            "active": product.active,
            "image": product.image,
            "url": product.url,
            "variants": [_variant(variant) for variant in product.variants.all()],
        }


def _variant(variant: Variant) -> Json:
    row = {
        "sku": variant.sku,
        "options": {
            option: variant.as_given(option, value)
            for option, value in variant.options.items()
        },
        "price": _amount(variant.price),
        "stock": variant.stock,
    }
    return row if variant.counted else {**row, "counted": False}


def _orders() -> Iterator[Json]:
    orders = Order.objects.order_by("number").with_details()
    for order in orders.iterator(_CHUNK):
        yield {
            "number": order.number,
            "customer": order.customer.ref,
            "placed_at": _time(order.placed_at),
            "status": order.status,
            "currency": order.currency,
            "lines": [_line(line) for line in order.lines.all()],
            "address": order.address,
            "payments": [_payment(payment) for payment in order.payments.all()],
            "shipments": [_shipment(shipment) for shipment in order.shipments.all()],
            "delivered_at": _time(order.delivered_at) if order.delivered_at else None,
            **_set(order, _ORDER),
        }


def _line(line: OrderLine) -> Json:
    return {
        "sku": line.variant.sku,
        "product": line.product.ref,
        "quantity": line.quantity,
        "unit_price": _amount(line.unit_price),
    }


def _payment(payment: Payment) -> Json:
    row = {
        "kind": payment.kind,
        "method": payment.method.ref if payment.method else None,
        "amount": _amount(payment.amount),
        "at": _time(payment.at),
    }
    settled = payment.state == Payment.State.SETTLED
    return row if settled else {**row, "state": payment.state}


def _shipment(shipment: Shipment) -> Json:
    day = shipment.estimated_delivery
    return {
        "carrier": shipment.as_given("carrier", shipment.carrier),
        "tracking_number": shipment.tracking_number,
        "skus": shipment.skus,
        "estimated_delivery": day.isoformat() if day else None,
        "events": [
            {
                "at": _time(event.at),
                "place": as_given(event.place),
                "status": event.status,
                "text": as_given(event.text),
            }
            for event in shipment.events.all()
        ],
    }


def _cases() -> Iterator[Json]:
    cases = (
        Case.objects.order_by("ref")
        .select_related("order", "refund_method")
        .prefetch_related("lines__line__variant", "order__payments")
    )
    for case in cases.iterator(_CHUNK):
        yield {
            "ref": case.ref,
            "kind": case.kind,
            "order": case.order.number,
            "skus": case.skus,
            "status": case.status,
            "reason": case.as_given("reason", case.reason),
            "opened_at": _time(case.opened_at),
            "refund": _refund(case),
            "replacement_skus": case.replacement_skus,
            **_set(case, _CASE),
            **_settled_by(case),
        }


def _settled_by(case: Case) -> Json:
    """Which of the order's payments are of the case, counted from 0."""
    places = [
        place
        for place, payment in enumerate(case.order.payments.all())
        if payment.case_id == case.pk
    ]
    return {"payments": places} if places else {}


def _set(row: Order | Case, names: tuple[str, ...]) -> Json:
    """Those that are neither empty nor 0."""
    values = ((name, getattr(row, name)) for name in names)
    return {name: _written(value) for name, value in values if value}


def _written(value: object) -> object:
    if isinstance(value, Decimal):
        return _amount(value)
    if isinstance(value, datetime):
        return _time(value)
    return value.isoformat() if isinstance(value, date) else value


def _refund(case: Case) -> Json | None:
    if case.refund_amount is None:
        return None
    method = case.refund_method
    return {
        "amount": _amount(case.refund_amount),
        "method": method.ref if method else None,
    }


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _time(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat()


_ROWS: dict[str, Callable[[], Iterator[Json]]] = {
    "customers": _customers,
    "products": _products,
    "orders": _orders,
    "cases": _cases,
}
