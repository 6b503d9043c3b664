"""Threads that write at once, on the database that the tests run on: one gets it."""

from functools import partial

import pytest

from orders import aftersales, changes
from orders.models import Order, Variant
from orders.pieces import Swap
from orders.refusal import Code
from tests.orders import shop as shops
from tests.orders.servers import race
from tests.orders.shop import Shop, balance, stock

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8


@pytest.fixture
def shop(transactional_db: None) -> Shop:
    return Shop()


def test_a_gift_card_is_spent_once(shop: Shop) -> None:
    gift = shops.method(shop.anna, "99.00")
    orders = [shops.order(shop.anna, {shop.red: 1}, shop.card) for _ in range(THREADS)]
    by = shop.by()
    results = race(
        [
            partial(changes.change_payment, order.number, method=gift.ref, by=by)
            for order in orders
        ]
    )
    assert results.count(Code.BALANCE_TOO_LOW) == THREADS - 1
    assert balance(gift) == 0


def test_the_last_piece_is_taken_once(shop: Shop) -> None:
    Variant.objects.filter(pk=shop.blue.pk).update(stock=1)
    swaps = [Swap(sku=shop.red.sku, new_sku=shop.blue.sku)]
    orders = [shop.order(Order.Status.DELIVERED) for _ in range(THREADS)]
    by = shop.by()
    results = race(
        [
            partial(aftersales.open_exchange, order.number, swaps=swaps, by=by)
            for order in orders
        ]
    )
    assert results.count(Code.SOLD_OUT) == THREADS - 1
    assert stock(shop.blue) == 0


def test_one_key_has_one_effect(shop: Shop) -> None:
    order = shop.order()
    cancel = partial(changes.cancel, order.number, reason="other", by=shop.by(key="k"))
    results = race([cancel] * THREADS)
    assert {one.number for one in results} == {order.number}
    assert order.payments.filter(kind="refund").count() == 1
