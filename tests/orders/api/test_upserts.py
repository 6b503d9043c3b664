"""Rows of the shop's own systems, one by one, as in the shop's files."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from orders.models import AuditEntry, Customer, Order, Product
from tests.orders import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("boss"))
    return client


def _put(client: Client, address: str, row: object) -> Any:
    return client.put(f"/api/{address}/", row, content_type="application/json")


@pytest.fixture
def shop(boss: Client) -> None:
    assert _put(boss, "customers/C1", files.customer()).status_code == 201
    assert _put(boss, "products/P1", files.product()).status_code == 201


@pytest.mark.usefixtures("shop")
def test_order_is_made_then_brought_up_to_date(boss: Client) -> None:
    row = files.order(status="pending", shipments=[], delivered_at=None)
    made = _put(boss, f"orders/{row['number']}", row)
    again = _put(boss, f"orders/{row['number']}", row | {"status": "processed"})
    assert (made.status_code, again.status_code) == (201, 200)
    assert again.json()["status"] == "processed"
    assert Order.objects.get().status == "processed"


@pytest.mark.usefixtures("shop")
def test_what_was_put_is_audited(boss: Client) -> None:
    row = files.product()
    _put(boss, "products/P1", row | {"brand": "New"})
    entry = AuditEntry.objects.filter(action="put_product")[0]
    assert entry.actor == "api:boss"
    assert (entry.before["brand"], entry.after["brand"]) == (row["brand"], "New")


@pytest.mark.usefixtures("shop")
def test_same_row_again_changes_nothing(boss: Client) -> None:
    count = AuditEntry.objects.count()
    answer = _put(boss, "products/P1", files.product())
    assert answer.status_code == 200
    assert AuditEntry.objects.count() == count


@pytest.mark.usefixtures("shop")
def test_what_was_read_can_be_put(boss: Client) -> None:
    row = boss.get("/api/customers/C1/").json()
    answer = _put(boss, "customers/C1", row | {"name": "New"})
    assert answer.status_code == 200
    assert Customer.objects.get().name == "New"


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": 5}, "name"),
        ({"tags": "no list"}, "tags"),
        ({"variants": [{"sku": "S", "price": "-1"}]}, "variants[0].price"),
        ({"ref": "P2"}, "ref"),
        ({"brand": "a\0b"}, "brand"),
        ({"brand": "\ud800"}, "brand"),
    ],
)
def test_bad_row_names_its_field(
    boss: Client, change: dict[str, Any], field: str
) -> None:
    before = Product.objects.values().get()
    answer = _put(boss, "products/P1", files.product() | change)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(f"{field}: ")
    assert Product.objects.values().get() == before


def test_order_of_somebody_unknown_waits(boss: Client) -> None:
    row = files.order()
    answer = _put(boss, f"orders/{row['number']}", row)
    assert answer.status_code == 409
    assert "customer" in answer.json()["detail"]
    assert not Order.objects.exists()


def test_to_put_takes_the_right_to_change(client: Client) -> None:
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_product"))
    client.force_login(clerk)
    assert _put(client, "products/P1", files.product()).status_code == 403
    assert not Product.objects.exists()


def test_to_make_a_new_one_takes_the_right_to_add(client: Client) -> None:
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="change_product"))
    client.force_login(clerk)
    assert _put(client, "products/P1", files.product()).status_code == 403
    assert not Product.objects.exists()
    clerk.user_permissions.add(Permission.objects.get(codename="add_product"))
    assert _put(client, "products/P1", files.product()).status_code == 201
    clerk.user_permissions.remove(Permission.objects.get(codename="add_product"))
    assert _put(client, "products/P1", files.product(brand="N")).status_code == 200
