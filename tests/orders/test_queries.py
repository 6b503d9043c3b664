"""How often the database is asked, however much there is to an order."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orders import lookup, options, tools
from orders.models import Order, Shipment
from tests.orders import shop as shops
from tests.orders.shop import NOW, Shop

pytestmark = pytest.mark.django_db

STATUSES = ("pending", "processed", "shipped", "delivered", "cancelled")


@pytest.mark.parametrize("status", STATUSES)
def test_options(shop: Shop, status: str, django_assert_max_num_queries: Any) -> None:
    order = Order.objects.get(pk=shop.order(status).pk)
    with django_assert_max_num_queries(4):
        options.options(order, NOW)


def test_options_of_an_order_with_everything_need_the_terms_only(
    shop: Shop, django_assert_max_num_queries: Any
) -> None:
    order = lookup.order_of(shop.anna, shop.case().order.number)
    assert order is not None
    with django_assert_max_num_queries(1):
        options.options(order, NOW)


@pytest.mark.parametrize("count", [1, 5])
def test_list_of_orders(
    shop: Shop, count: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(count):
        shop.case()
    with django_assert_max_num_queries(3):
        found = tools.call("list_orders", {}, by=shop.by())
    assert len(found["orders"]) == count


@pytest.mark.parametrize("status", STATUSES)
def test_order_page(client: Client, shop: Shop, status: str) -> None:
    client.force_login(User.objects.create_superuser("boss"))
    small, large = shop.order(status), shop.order(status)
    _grow(shop, large)
    counts = [_queries_of_page(client, order) for order in (small, small, large)]
    assert counts[1] == counts[2]
    assert counts[1] <= 12


def _grow(shop: Shop, order: Order) -> None:
    for number in range(5):
        order.lines.create(
            product=shop.blue.product, variant=shop.blue, unit_price=shop.blue.price
        )
        shops.pay(order, "1.00", shop.other_card)
        Shipment.objects.create(order=order, tracking_number=f"T{number}")
        shops.case(order)


def _queries_of_page(client: Client, order: Order) -> int:
    url = reverse("admin:orders_order_change", args=[order.pk])
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)
