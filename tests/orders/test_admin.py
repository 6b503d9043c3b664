"""The shop's pages of the console: they load, and with few queries."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orders.importing import import_shop
from orders.models import AuditEntry, Case, Customer, Order, PolicyTerms, Product
from tests.load.shop import write_shop

pytestmark = pytest.mark.django_db

LISTS = (
    "product",
    "customer",
    "order",
    "shipment",
    "case",
    "policyterms",
    "auditentry",
)
MOST_QUERIES = 14


@pytest.fixture
def shop(tmp_path: Path) -> None:
    write_shop(tmp_path, orders=250, products=60, customers=60, seed=1)
    import_shop(tmp_path)
    PolicyTerms.objects.create(valid_from=timezone.now())
    for customer in Customer.objects.all():
        AuditEntry.objects.create(
            at=timezone.now(), actor="bot", action="cancel", customer=customer
        )


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("boss"))
    return client


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("name", LISTS)
def test_list(staff: Client, name: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        page = staff.get(reverse(f"admin:orders_{name}_changelist"))
    assert page.status_code == 200
    assert page.context["cl"].result_count


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("product", "蓝牙"),
        ("product", "headphones"),
        ("product", "P00001-BLA"),
        ("customer", "shopper3@example.com"),
        ("product", "p00001-bla"),
        ("customer", "c000003"),
        ("customer", "顾客 3"),
        ("customer", "SHOPPER3@example"),
        ("customer", "138-0000-0003"),
        ("order", "SO00000007"),
        ("order", "so0000000"),
        ("order", "shopper1"),
        ("order", "顾客 "),
        ("shipment", "SF"),
    ],
)
def test_search(staff: Client, name: str, words: str) -> None:
    page = staff.get(reverse(f"admin:orders_{name}_changelist"), {"q": words})
    assert page.context["cl"].result_count


@pytest.mark.usefixtures("shop")
def test_search_leaves_the_figures_as_they_are(staff: Client) -> None:
    page = staff.get(reverse("admin:orders_product_changelist"), {"q": "P00001-BLA"})
    (row,) = page.context["cl"].result_list
    assert row.variant_total == 4
    assert row.stock_total == 4


@pytest.mark.usefixtures("shop")
def test_search_by_tracking_number_finds_the_order(staff: Client) -> None:
    order = Order.objects.filter(shipments__isnull=False)[0]
    words = order.shipments.get().tracking_number
    page = staff.get(reverse("admin:orders_order_changelist"), {"q": words})
    assert list(page.context["cl"].result_list) == [order]


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("name", LISTS)
def test_one(staff: Client, name: str, django_assert_max_num_queries: Any) -> None:
    listed = staff.get(reverse(f"admin:orders_{name}_changelist"))
    row = listed.context["cl"].result_list[0]
    with django_assert_max_num_queries(20):
        page = staff.get(reverse(f"admin:orders_{name}_change", args=[row.pk]))
    assert page.status_code == 200


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("deed", ["add", "change", "delete"])
def test_nobody_writes_the_audit(staff: Client, deed: str) -> None:
    entry = AuditEntry.objects.all()[0]
    args = [] if deed == "add" else [entry.pk]
    page = staff.post(
        reverse(f"admin:orders_auditentry_{deed}", args=args), {"actor": "x"}
    )
    assert page.status_code == 403
    assert AuditEntry.objects.filter(actor="bot").count() == Customer.objects.count()


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("table", [Order, Case])
def test_orders_and_cases_are_not_deleted_by_hand(
    staff: Client, table: type[Order | Case]
) -> None:
    name = table._meta.model_name
    row = table.objects.all()[0]
    page = staff.post(reverse(f"admin:orders_{name}_delete", args=[row.pk]))
    assert page.status_code == 403


def _form(**changes: str) -> dict[str, str]:
    return {
        "ref": "P1",
        "name": '{"zh": "跑鞋"}',
        "attributes": "{}",
        "tags": "[]",
        "description": "{}",
        "variants-TOTAL_FORMS": "0",
        "variants-INITIAL_FORMS": "0",
    } | changes


@pytest.mark.parametrize("name", ['"shoe"', '{"zh": "跑鞋"}'])
def test_product_by_hand(staff: Client, name: str) -> None:
    staff.post(reverse("admin:orders_product_add"), _form(name=name))
    stored = Product.objects.get().name
    assert stored in ({"und": "shoe"}, {"zh": "跑鞋"})


@pytest.mark.parametrize(
    "changes",
    [{"name": "[1]"}, {"name": '{"zh": 3}'}, {"attributes": '{"a": 1}'}, {"tags": "3"}],
)
def test_product_that_could_not_be_shown_is_refused(
    staff: Client, changes: dict[str, str]
) -> None:
    page = staff.post(reverse("admin:orders_product_add"), _form(**changes))
    assert page.status_code == 200
    assert json.dumps(page.context["errors"])
    assert not Product.objects.exists()
