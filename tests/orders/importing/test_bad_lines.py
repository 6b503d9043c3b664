"""Lines that are not valid: named by file, line and reason; the others are kept."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from orders.importing.store.writes import Writes
from orders.models import Case, Customer, Order, Product
from tests.orders import files

pytestmark = pytest.mark.django_db

GOOD = b'{"ref": "C2", "name": "Ann"}\n'

RAW = [
    (b'{"ref": "C1"', "not JSON"),
    (b"[1, 2]", "must be an object"),
    (b'"C1"', "must be an object"),
    (b"\xff\xfe{}", "not UTF-8"),
    (b'{"ref": "\xc3("}', "not UTF-8"),
    (b'{"ref": "C1", "ref": "C3"}', "ref: given twice"),
    (b'{"ref": NaN}', "not JSON"),
    (b'{"ref": ' + b"9" * 5_000 + b"}", "not JSON"),
    (b"[" * 100_000, "not JSON"),
    (b'{"ref": "' + b"x" * 2_000_000 + b'"}', "longer than 1 MiB"),
    (b'{"ref": "C\\u0000", "name": "x"}', "ref: holds a NUL"),
    (b'{"ref": "C1", "name": "\\ud83d"}', "name: holds a NUL or half a character"),
]

CUSTOMERS: list[tuple[dict[str, Any], str]] = [
    ({"ref": None}, "ref: is missing"),
    ({"ref": " "}, "ref: is missing"),
    ({"ref": 7}, "ref: must be text"),
    ({"ref": "x" * 65}, "ref: is longer than 64"),
    ({"name": ""}, "name: is missing"),
    ({"name": "x" * 201}, "name: is longer than 200"),
    ({"name": {}}, "name: is missing"),
    ({"name": {"zh": 3}}, "name: must be text"),
    ({"name": {"zh": "x" * 201}}, "name: is longer than 200"),
    ({"email": 3}, "email: must be text"),
    ({"email": "x" * 255}, "email: is longer than 254"),
    ({"language": "中文"}, "language: "),
    ({"timezone": 8}, "timezone: must be text"),
    ({"tags": "vip"}, "tags: must be a list"),
    ({"tags": ["vip", 3]}, "tags[1]: must be text"),
    ({"marketing_opt_in": "yes"}, "marketing_opt_in: must be true or false"),
    ({"address": []}, "address: must be an object"),
    ({"address": {"city": 3}}, "address.city: must be text"),
    ({"payment_methods": [3]}, "payment_methods[0]: must be an object"),
    (
        {"payment_methods": [{"ref": "a", "kind": "cash"}]},
        "payment_methods[0].kind: unknown value “cash”",
    ),
    (
        {"payment_methods": [{"ref": "a", "kind": "paypal"}] * 2},
        "payment_methods[1].ref: “a” is listed twice",
    ),
    (
        {"payment_methods": [{"ref": "a", "kind": "gift_card", "balance": "-1"}]},
        "payment_methods[0].balance: must not be negative",
    ),
]

PRODUCTS: list[tuple[dict[str, Any], str]] = [
    ({"name": {}}, "name: is missing"),
    ({"name": {"zh": 3}}, "name: must be text"),
    ({"name": 3}, "name: must be text or an object of languages"),
    ({"name": {"?": "x"}}, "name: “?” is no language"),
    ({"attributes": {"weight": 210}}, "attributes.weight: must be text"),
    ({"url": "javascript:alert(1)"}, "url: is no http address"),
    ({"active": 1}, "active: must be true or false"),
    ({"variants": [files.variant(sku=None)]}, "variants[0].sku: is missing"),
    ({"variants": [files.variant()] * 2}, "variants[1].sku: “P1-42” is listed twice"),
    ({"variants": [files.variant("Q1")]}, "“Q1” belongs to product “Q”"),
    ({"variants": [files.variant(price=None)]}, "variants[0].price: is missing"),
    ({"variants": [files.variant(price=399)]}, "price: must be a decimal string"),
    ({"variants": [files.variant(price="NaN")]}, "price: must be a decimal string"),
    ({"variants": [files.variant(price="1e3")]}, "price: must be a decimal string"),
    ({"variants": [files.variant(price="３")]}, "price: must be a decimal string"),
    ({"variants": [files.variant(price="1.001")]}, "price: has more than two decimals"),
    ({"variants": [files.variant(price="9" * 11)]}, "price: is too large"),
    ({"variants": [files.variant(price="-0.01")]}, "price: must not be negative"),
    ({"variants": [files.variant(stock=-1)]}, "stock: must be from 0"),
    ({"variants": [files.variant(stock=1.5)]}, "stock: must be a whole number"),
    ({"variants": [files.variant(stock=True)]}, "stock: must be a whole number"),
    ({"variants": [files.variant(stock=2**31)]}, "stock: must be from 0"),
    ({"variants": [files.variant(options={"size": 42})]}, "options.size: must be text"),
]

ORDERS: list[tuple[dict[str, Any], str]] = [
    ({"number": ""}, "number: is missing"),
    ({"customer": "C9"}, "customer: “C9” is not known"),
    ({"placed_at": None}, "placed_at: is missing"),
    ({"placed_at": "2026-11-01T09:30:00"}, "placed_at: is a time without its offset"),
    ({"placed_at": "2026-11-01"}, "placed_at: is a time without its offset"),
    ({"placed_at": "yesterday"}, "placed_at: is no time"),
    ({"placed_at": "2026-13-01T00:00:00Z"}, "placed_at: is no time"),
    ({"placed_at": 1793500000}, "placed_at: "),
    ({"placed_at": "0001-01-01T00:00:00+08:00"}, "placed_at: is no time"),
    ({"placed_at": "0900-01-01T00:00:00Z"}, "placed_at: is too far away"),
    ({"status": "lost"}, "status: unknown value “lost”"),
    ({"currency": "CN"}, "currency: must be three capital letters"),
    ({"currency": "元元元"}, "currency: must be three capital letters"),
    ({"lines": None}, "lines: is missing"),
    ({"lines": [files.line("X")], "shipments": []}, "lines[0].sku: “X” is not known"),
    ({"lines": [files.line(product="Q")]}, "“P1-42” belongs to product “P1”"),
    ({"lines": [files.line(quantity=0)]}, "lines[0].quantity: must be from 1"),
    ({"lines": [files.line(unit_price="free")]}, "lines[0].unit_price: must be a"),
    ({"payments": [files.payment(kind="gift")]}, "payments[0].kind: unknown value"),
    ({"payments": [files.payment(method="pm9")]}, "payments[0].method: “pm9” is not"),
    ({"payments": [files.payment(amount="1,0")]}, "payments[0].amount: must be a"),
    ({"shipments": [files.shipment(skus=["X"])]}, "shipments[0].skus: “X” is not in"),
    (
        {"shipments": [files.shipment(estimated_delivery="soon")]},
        "shipments[0].estimated_delivery: is no date",
    ),
    (
        {"shipments": [files.shipment(events=[files.event(status="gone")])]},
        "shipments[0].events[0].status: unknown value “gone”",
    ),
    ({"delivered_at": "2026-11-01T09:30"}, "delivered_at: is a time without"),
    ({"discount": "-1.00"}, "discount: must not be negative"),
    ({"shipping_fee": 6}, "shipping_fee: must be a decimal string"),
    ({"deliver_on": "soon"}, "deliver_on: is no date"),
    ({"delivery_note": "x" * 301}, "delivery_note: is longer than 300"),
    ({"payments": [files.payment(state="paid")]}, "payments[0].state: unknown value"),
]

CASES: list[tuple[dict[str, Any], str]] = [
    ({"kind": "gift"}, "kind: unknown value “gift”"),
    ({"status": "open"}, "status: unknown value “open”"),
    ({"order": "SO9"}, "order: “SO9” is not known"),
    ({"skus": []}, "skus: is empty"),
    ({"skus": ["P1-42", "P1-42"]}, "skus: the order has 1 too few of “P1-42”"),
    ({"skus": ["X"]}, "skus: the order has 1 too few of “X”"),
    ({"reason": ["x"]}, "reason: must be text or an object of languages"),
    ({"reason": "x" * 501}, "reason: is longer than 500"),
    ({"opened_at": "2026"}, "opened_at: is "),
    ({"refund": {"method": "pm2"}}, "refund.amount: is missing"),
    ({"refund": {"amount": "1.00", "method": "pm9"}}, "refund.method: “pm9” is not"),
    ({"refund": "1.00"}, "refund: must be an object"),
    ({"replacement_skus": ["X"]}, "replacement_skus: “X” is not known"),
    ({"ground": "moody"}, "ground: unknown value “moody”"),
    ({"difference": "much"}, "difference: must be a decimal string"),
    ({"fee": "-1.00"}, "fee: must not be negative"),
    ({"deadline": "soon"}, "deadline: is no time"),
    ({"payments": 1}, "payments: must be a list"),
    ({"payments": [-1]}, "payments: must be from 0"),
    ({"payments": [1]}, "payments: the order has no payment number 1"),
]


@pytest.fixture(autouse=True)
def shop(tmp_path: Path) -> Path:
    shop = files.write_one_of_each(tmp_path / "shop")
    other = files.product(ref="Q", variants=[files.variant("Q1")])
    return files.write(shop, products=[files.product(), other])


@pytest.mark.parametrize(("line", "reason"), RAW)
def test_broken_line(shop: Path, line: bytes, reason: str) -> None:
    (shop / "customers.jsonl").write_bytes(
        GOOD + line + b"\n" + b'{"ref":"C4","name":"x"}'
    )
    said = files.run(shop)
    assert "customers.jsonl:2: " in said
    assert reason in said
    assert "FAILED" in said
    assert list(Customer.objects.values_list("ref", flat=True)) == ["C2", "C4"]


@pytest.mark.parametrize(("changes", "reason"), CUSTOMERS)
def test_bad_customer(shop: Path, changes: dict[str, Any], reason: str) -> None:
    bad = files.customer(ref="C5") | changes
    files.write(shop, customers=[files.customer(), bad, files.customer(ref="C6")])
    said = files.run(shop)
    assert f"customers.jsonl:2: {reason}" in said
    assert said.endswith("FAILED")
    assert list(Customer.objects.values_list("ref", flat=True)) == ["C1", "C6"]


@pytest.mark.parametrize(("changes", "reason"), PRODUCTS)
def test_bad_product(shop: Path, changes: dict[str, Any], reason: str) -> None:
    files.run(shop)
    bad = files.product() | {"ref": "P5", "variants": []} | changes
    good = files.product(ref="P6", variants=[])
    files.write(shop, products=[files.product(), bad, good])
    said = files.run(shop)
    assert "products.jsonl:2: " in said
    assert reason in said
    assert list(Product.objects.values_list("ref", flat=True)) == ["P1", "P6", "Q"]


@pytest.mark.parametrize(("changes", "reason"), ORDERS)
def test_bad_order(shop: Path, changes: dict[str, Any], reason: str) -> None:
    bad = files.order(number="SO2") | changes
    files.write(shop, orders=[files.order(), bad, files.order(number="SO3")])
    said = files.run(shop)
    assert "orders.jsonl:2: " in said
    assert reason in said
    assert set(Order.objects.values_list("number", flat=True)) == {"SO100001", "SO3"}


@pytest.mark.parametrize(("changes", "reason"), CASES)
def test_bad_case(shop: Path, changes: dict[str, Any], reason: str) -> None:
    bad = files.case(ref="A2") | changes
    files.write(shop, cases=[files.case(), bad, files.case(ref="A3")])
    said = files.run(shop)
    assert f"cases.jsonl:2: {reason}" in said
    assert set(Case.objects.values_list("ref", flat=True)) == {"A1", "A3"}


def test_rejections_are_listed_in_the_order_of_the_file(shop: Path) -> None:
    unknown, broken = files.order(customer="C9"), files.order(status="lost")
    said = files.run(files.write(shop, orders=[unknown, broken, unknown]))
    named = [row for row in said.splitlines() if row.startswith("orders.jsonl:")]
    assert [row.split(":")[1] for row in named] == ["1", "2", "3"]


def test_line_that_the_database_refuses_takes_no_other_along(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain_flush = Writes.flush

    def flush(writes: Writes[Any]) -> None:
        if any(row.values.get("ref") == "C2" for row in writes._new):
            raise IntegrityError("refused")
        plain_flush(writes)

    monkeypatch.setattr(Writes, "flush", flush)
    rows = [files.customer(ref=ref) for ref in ("C1", "C2", "C3")]
    said = files.run(files.write(shop, customers=rows))
    assert "customers.jsonl:2: refused" in said
    assert list(Customer.objects.values_list("ref", flat=True)) == ["C1", "C3"]
