"""What a case may bring: nobody is charged or paid for what is not theirs."""

from decimal import Decimal

import pytest

from orders import aftersales
from orders.models import Order, Variant
from orders.pieces import Swap
from orders.refusal import Code
from tests.orders import shop as shops
from tests.orders.shop import Shop, refuses

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("price", ["1.00", "500.00"])
def test_a_working_piece_for_a_broken_one_is_even(shop: Shop, price: str) -> None:
    order = shop.order(Order.Status.DELIVERED)
    Variant.objects.filter(pk=shop.red.pk).update(price=Decimal(price))
    swap = Swap(sku=shop.red.sku, new_sku=shop.red.sku)
    case = aftersales.open_exchange(order.number, swaps=[swap], by=shop.by())
    assert case.difference == 0


def test_money_does_not_go_to_what_failed_to_pay(shop: Shop) -> None:
    order = shop.order(Order.Status.DELIVERED)
    shops.pay(order, "5.00", shop.other_card, state="failed")
    with refuses(Code.METHOD_NOT_ALLOWED):
        aftersales.open_return(
            order.number,
            items={shop.red.sku: 1},
            method=shop.other_card.ref,
            by=shop.by(),
        )
