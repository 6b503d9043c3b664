"""What a large shop is asked: orders, products, the admin's pages; each one's time."""

import statistics
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orders import catalogue, lookup
from orders.models import Customer, Order, Product

ORDERS = 1_000
TIMES = 7

# The same rows by hand: no model, no JSON, no translation of anything.
BARE = [
    "SELECT * FROM orders_order WHERE upper(number) = upper(%(number)s)\n    AND customer_id = %(customer)s",
    "\nSELECT * FROM orders_orderline l JOIN orders_product p ON p.id = l.product_id\n    JOIN orders_variant v ON v.id = l.variant_id WHERE l.order_id = %(order)s",
    "\nSELECT * FROM orders_payment p LEFT JOIN orders_paymentmethod m ON m.id = p.method_id\n    WHERE p.order_id = %(order)s",
    "\nSELECT * FROM orders_shipment s LEFT JOIN orders_shipmentevent e\n    ON e.shipment_id = s.id WHERE s.order_id = %(order)s",
    "\nSELECT * FROM orders_case c LEFT JOIN orders_caseline l ON l.case_id = c.id\n    WHERE c.order_id = %(order)s\n",
]

SEARCHES: tuple[dict[str, Any], ...] = (
    {"words": "waterproof backpack", "language": "en"},
    {"words": "防水背包", "language": "zh"},
    {"words": "有没有轻便的跑鞋", "language": "zh", "price_max": Decimal(300)},
    {"words": "mechanical keyboard under 200", "language": "en", "price_max": Decimal(200)},
    {"words": "vacuum bottle", "language": "en", "options": {"color": "blue"}},
    {"words": "我想买一件羽绒服", "language": "zh", "in_stock": True},
    {"words": "desk lamp", "language": "en", "category": "home"},
    {"words": "yoga mat no. 4711", "language": "en"},
    {"words": "wireles headphone", "language": "en"},
    {"words": "electric kettle", "language": "en", "price_min": Decimal(800)},
    {"words": "P04711", "language": "en"},
    {"words": "what do you sell", "language": "en"},
    {"words": "", "language": "zh", "category": "toys", "price_max": Decimal(25)},
)  # fmt: skip


def report() -> None:
    _say_size()
    _orders()
    _products()
    _pages()


def _say_size() -> None:
    for table in (Order, Product, Customer):
        print(f"  {table.objects.count():,} {table._meta.verbose_name_plural}")


def _orders() -> None:
    asked = _some_orders()
    with CaptureQueriesContext(connection) as queries:
        lookup.order_of(*asked[0])
    lookups = [partial(lookup.order_of, *one) for one in asked]
    # The first time PostgreSQL reads them from files, as it does what nobody asked for
    # of late; the bare queries find them in memory.
    _row("order_of, each for the first time", lookups, len(queries))
    _row("order_of, each again", lookups, len(queries))
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as bare:
        keys = [(number, customer.pk) for customer, number in asked]
        _row(
            "  the same rows, bare psycopg",
            [partial(_bare, bare, *one) for one in keys],
            len(BARE),
        )
    customers = [customer for customer, _number in asked[:200]]
    _row("orders_of", [partial(lookup.orders_of, one) for one in customers])
    _row(
        "customer_by_email",
        [partial(lookup.customer_by_email, c.email.upper()) for c in customers],
    )
    _row(
        "customers_by_phone",
        [partial(lookup.customers_by_phone, c.phone[3:]) for c in customers],
    )


def _some_orders() -> list[tuple[Customer, str]]:
    random = Random(1)
    newest = Order.objects.latest("pk").pk
    keys = [random.randint(1, newest) for _ in range(ORDERS)]
    orders = Order.objects.filter(pk__in=keys).select_related("customer")
    found = [(order.customer, order.number.lower()) for order in orders]
    random.shuffle(found)
    return found


def _bare(bare: "psycopg.Connection[Any]", number: str, customer: int) -> None:
    row = bare.execute(BARE[0], {"number": number, "customer": customer}).fetchone()
    assert row is not None
    for statement in BARE[1:]:
        bare.execute(statement, {"order": row[0]}).fetchall()


def _products() -> None:
    held = _held()
    started = time.perf_counter()
    catalogue.search("backpack", language="en")
    took = time.perf_counter() - started
    print(f"  catalogue read in {took:.1f} s, {_held() - held} MB")
    for one in SEARCHES:
        said = ", ".join(str(value) for value in one.values() if value)
        _row(f"search: {said}", [partial(catalogue.search, **one)] * TIMES)
    _row(
        "search, all of them",
        [partial(catalogue.search, **s) for s in SEARCHES * TIMES],
    )


def _pages() -> None:
    client = Client(headers={"host": "localhost"})
    client.force_login(
        User.objects.get_or_create(username="boss", is_superuser=True, is_staff=True)[0]
    )
    order = Order.objects.filter(shipments__isnull=False).select_related("customer")[
        1000
    ]
    parcel = order.shipments.all()[0]
    pages = {
        "order list": "order/",
        "order list, page 150": "order/?p=150",
        "order list, by status": "order/?status__exact=shipped",
        "order search: number": f"order/?q={order.number}",
        "order search: beginning of a number": f"order/?q={order.number[:4]}",
        "order search: e-mail": f"order/?q={order.customer.email}",
        "order search: name": f"order/?q={order.customer.name}",
        "order search: tracking number": f"order/?q={parcel.tracking_number}",
        "order search: nothing": "order/?q=nobody",
        "order page": f"order/{order.pk}/change/",
        "customer list": "customer/",
        "customer search: e-mail": f"customer/?q={order.customer.email}",
        "customer page": f"customer/{order.customer_id}/change/",
        "product list": "product/",
        "product search: SKU": "product/?q=P04711-BLU",
        "shipment list": "shipment/",
        "shipment search": f"shipment/?q={parcel.tracking_number}",
    }
    for name, path in pages.items():
        get = partial(_get, client, f"/admin/orders/{path}")
        with CaptureQueriesContext(connection) as queries:
            get()
        _row(f"admin, {name}", [get] * TIMES, len(queries))


def _get(client: Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200, (path, page.status_code)


def _row(name: str, calls: Sequence[Callable[[], object]], queries: int = 0) -> None:
    calls[0]()
    times = []
    for call in calls:
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1_000)
    times.sort()
    p95 = times[int(len(times) * 0.95)] if len(times) > 1 else times[0]
    said = f"{queries} queries" if queries else ""
    print(
        f"  {name:55} median {statistics.median(times):7.1f} ms"
        f"  least {times[0]:7.1f}  p95 {p95:7.1f}  {said}",
        flush=True,
    )


def _held() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 // 2**20
