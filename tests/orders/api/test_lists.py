"""The shop over HTTP: the same words as in the files, and the filters."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.orders import files

pytestmark = pytest.mark.django_db

BOTH = {"zh": "顺丰", "en": "SF Express"}


@pytest.fixture
def shop(tmp_path: Path) -> None:
    files.write(
        tmp_path,
        customers=[
            files.customer(),
            files.customer(ref="C2", name=BOTH, language="en", payment_methods=[]),
        ],
        products=[
            files.product(brand=BOTH),
            files.product(ref="P2", name="Bag", category="bags", variants=[]),
        ],
        orders=[
            files.order(shipments=[files.shipment(carrier=BOTH)]),
            files.order(
                number="SO2",
                customer="C2",
                status="pending",
                placed_at="2026-11-05T09:30:00+08:00",
                payments=[files.payment(method=None)],
                shipments=[],
            ),
        ],
        cases=[files.case(reason=BOTH), files.case(ref="A2", order="SO2", refund=None)],
    )
    assert "FAILED" not in files.run(tmp_path)


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("boss"))
    return client


def _rows(boss: Client, route: str, **query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = boss.get(f"/api/{route}/", query).json()["results"]
    return rows


def _keys(boss: Client, route: str, **query: str) -> set[str]:
    key = "number" if route == "orders" else "ref"
    return {row[key] for row in _rows(boss, route, **query)}


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("products/P1", files.product(brand=BOTH)),
        ("customers/C2", files.customer(ref="C2", name=BOTH, language="en")),
        ("orders/SO100001", files.order(shipments=[files.shipment(carrier=BOTH)])),
        ("cases/A1", files.case(reason=BOTH)),
        ("cases/A2", files.case(ref="A2", order="SO2", refund=None)),
    ],
)
def test_it_says_what_the_files_say(
    boss: Client, address: str, given: dict[str, Any]
) -> None:
    told = boss.get(f"/api/{address}/").json()
    for key in given.keys() - {"payment_methods"}:
        assert told[key] == given[key], key


@pytest.mark.usefixtures("shop")
def test_methods_of_payment(boss: Client) -> None:
    (first, second) = boss.get("/api/customers/C1/").json()["payment_methods"]
    assert first == files.customer()["payment_methods"][0] | {"label": ""}
    assert second["label"] == "visa 1234"


@pytest.mark.usefixtures("shop")
def test_order_has_its_total_and_money_without_a_method(boss: Client) -> None:
    order = boss.get("/api/orders/SO2/").json()
    assert order["total"] == "399.00"
    assert order["payments"][0]["method"] is None


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("route", "query", "found"),
    [
        ("products", {"category": "bags"}, {"P2"}),
        ("products", {"brand": "SF Express"}, {"P1"}),
        ("products", {"active": "false"}, set()),
        ("products", {"active": "true"}, {"P1", "P2"}),
        ("products", {"updated_after": "2020-01-01T00:00:00Z"}, {"P1", "P2"}),
        ("products", {"updated_after": "2120-01-01T00:00:00Z"}, set()),
        ("products", {"search": "轻跑"}, {"P1"}),
        ("products", {"search": "bag"}, {"P2"}),
        ("products", {"search": "P1-42"}, {"P1"}),
        ("orders", {"status": "pending"}, {"SO2"}),
        ("orders", {"customer": "C1"}, {"SO100001"}),
        ("orders", {"customer": "C1", "status": "pending"}, set()),
        ("orders", {"placed_after": "2026-11-03T00:00:00Z"}, {"SO2"}),
        ("orders", {"placed_before": "2026-11-03T00:00:00Z"}, {"SO100001"}),
        ("orders", {"search": "SF123"}, {"SO100001"}),
        ("customers", {"language": "zh"}, {"C1"}),
        ("customers", {"email": "MING@example.com"}, {"C1", "C2"}),
        ("customers", {"phone": "+8613800000001"}, {"C1", "C2"}),
        ("customers", {"marketing_opt_in": "false"}, set()),
        ("customers", {"created_after": "2120-01-01T00:00:00Z"}, set()),
        ("customers", {"search": "小明"}, {"C1"}),
        ("cases", {"kind": "return"}, {"A1", "A2"}),
        ("cases", {"status": "completed"}, set()),
        ("cases", {"customer": "C2"}, {"A2"}),
        ("cases", {"order": "SO100001"}, {"A1"}),
        ("cases", {"opened_after": "2026-11-07T00:00:00Z"}, set()),
    ],
)
def test_filter(
    boss: Client, route: str, query: dict[str, str], found: set[str]
) -> None:
    assert _keys(boss, route, **query) == found


@pytest.mark.usefixtures("shop")
def test_newest_orders_come_first(boss: Client) -> None:
    assert [row["number"] for row in _rows(boss, "orders")] == ["SO2", "SO100001"]


@pytest.mark.parametrize("moment", ["0001-01-01", "0001-01-01T00:00:00Z", "9999-12-31"])
def test_a_moment_out_of_range_is_refused(boss: Client, moment: str) -> None:
    answer = boss.get(f"/api/orders/?placed_after={moment}")
    assert answer.status_code == 400
