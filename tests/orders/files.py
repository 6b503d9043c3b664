"""Builds shop files for tests: a valid line of each kind, with what a test changes."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from orders.models import (
    Case,
    CaseLine,
    Customer,
    Order,
    OrderLine,
    Payment,
    PaymentMethod,
    Product,
    Shipment,
    ShipmentEvent,
    Variant,
)

Json = dict[str, Any]
# Models without a common manager type.
TABLES: tuple[Any, ...] = (
    Customer, PaymentMethod, Product, Variant, Order, OrderLine, Payment, Shipment,
    ShipmentEvent, Case, CaseLine,
)  # fmt: skip


def customer(**changes: Any) -> Json:
    return {
        "ref": "C1",
        "name": "王小明",
        "email": "ming@example.com",
        "phone": "+8613800000001",
        "language": "zh",
        "timezone": "Asia/Shanghai",
        "tags": ["vip"],
        "marketing_opt_in": True,
        "preferences": ["shoes"],
        "address": {"recipient": "王小明", "city": "上海"},
        "payment_methods": [
            {"ref": "pm1", "kind": "gift_card", "balance": "120.00"},
            {"ref": "pm2", "kind": "credit_card", "label": "visa 1234"},
        ],
    } | changes


def variant(sku: str | None = "P1-42", **changes: Any) -> Json:
    return {
        "sku": sku,
        "options": {"size": "42", "color": "black"},
        "price": "399.00",
        "stock": 12,
    } | changes


def product(**changes: Any) -> Json:
    return {
        "ref": "P1",
        "name": {"zh": "轻跑鞋", "en": "Light running shoe"},
        "category": "shoes",
        "brand": "Sunwood",
        "description": "",
        "attributes": {"weight": "210 g", "upper": {"zh": "网布", "en": "mesh"}},
        "tags": ["running"],
        "active": True,
        "image": "",
        "url": "https://shop.example/p/P1",
        "variants": [variant()],
    } | changes


def line(sku: str = "P1-42", **changes: Any) -> Json:
    return {
        "sku": sku,
        "product": "P1",
        "quantity": 1,
        "unit_price": "399.00",
    } | changes


def payment(**changes: Any) -> Json:
    return {
        "kind": "payment",
        "method": "pm2",
        "amount": "399.00",
        "at": "2026-11-01T09:31:00+08:00",
    } | changes


def event(**changes: Any) -> Json:
    return {
        "at": "2026-11-02T10:00:00+08:00",
        "place": {"zh": "上海", "en": "Shanghai"},
        "status": "in_transit",
        "text": "On its way",
    } | changes


def shipment(**changes: Any) -> Json:
    return {
        "carrier": "SF Express",
        "tracking_number": "SF123",
        "skus": ["P1-42"],
        "estimated_delivery": "2026-11-04",
        "events": [event()],
    } | changes


def order(**changes: Any) -> Json:
    return {
        "number": "SO100001",
        "customer": "C1",
        "placed_at": "2026-11-01T09:30:00+08:00",
        "status": "shipped",
        "currency": "CNY",
        "lines": [line()],
        "address": {"recipient": "王小明", "city": "上海"},
        "payments": [payment()],
        "shipments": [shipment()],
        "delivered_at": None,
    } | changes


def case(**changes: Any) -> Json:
    return {
        "ref": "A1",
        "kind": "return",
        "order": "SO100001",
        "skus": ["P1-42"],
        "status": "requested",
        "reason": "too small",
        "opened_at": "2026-11-06T09:30:00+08:00",
        "refund": {"amount": "399.00", "method": "pm2"},
        "replacement_skus": [],
    } | changes


def write(directory: Path, **files: list[Json]) -> Path:
    """Write `customers=[…]` to customers.jsonl and so on."""
    directory.mkdir(exist_ok=True)
    for kind, rows in files.items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (directory / f"{kind}.jsonl").write_text(text, encoding="utf-8")
    return directory


def write_one_of_each(directory: Path) -> Path:
    return write(
        directory,
        customers=[customer()],
        products=[product()],
        orders=[order()],
        cases=[case()],
    )


def run(directory: Path, *, dry_run: bool = False) -> str:
    """Import and return what the command says; "FAILED" ends it if it does not exit with 0."""
    said = StringIO()
    try:
        call_command("import_shop", str(directory), dry_run=dry_run, stdout=said)
    except CommandError as error:
        return f"{said.getvalue()}{error}\nFAILED"
    return said.getvalue()


def snapshot() -> dict[str, list[Json]]:
    """Return every row of the shop, ids and change times included."""
    return {
        table.__name__: list(table.objects.order_by("pk").values()) for table in TABLES
    }
