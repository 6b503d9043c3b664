"""Changing an order before it is packed: address, payment, items, delivery."""

from collections.abc import Callable

import pytest

from tests.shopper import Shopper
from tests.stack import Embedded

Open = Callable[..., Shopper]


def order(shop: Embedded, number: str, what: str) -> str:
    return shop.shell(
        "from orders.models import Order;"
        f"order = Order.objects.get(number='{number}'); print({what})"
    )


@pytest.mark.parametrize(
    ("customer", "number", "wish", "yes", "city"),
    [
        (
            "C1039",
            "SO100190",
            "change the delivery address of SO100190 to 12 King Street, London SW1A 1AA",
            "yes please",
            "London",
        ),
        (
            "C1015",
            "SO100205",
            "SO100205的收货地址改到浙江省杭州市西湖区文三路123号",
            "好的",
            "杭州市",
        ),
    ],
)
def test_it_goes_to_another_address(
    shopper: Open,
    shop: Embedded,
    customer: str,
    number: str,
    wish: str,
    yes: str,
    city: str,
) -> None:
    guest = shopper(customer=customer)
    assert city in guest.say(wish)
    assert order(shop, number, "order.address['city']") != city
    assert number in guest.say(yes)
    assert order(shop, number, "order.address['city']") == city


@pytest.mark.parametrize(
    ("customer", "number", "wish", "yes", "kind"),
    [
        (
            "C1033",
            "SO100198",
            "please pay SO100198 with my credit card instead",
            "yes",
            "credit_card",
        ),
        ("C1019", "SO100218", "SO100218改用支付宝付款", "确认", "alipay"),
    ],
)
def test_it_is_paid_with_another_method(
    shopper: Open,
    shop: Embedded,
    customer: str,
    number: str,
    wish: str,
    yes: str,
    kind: str,
) -> None:
    newest = "order.payments.filter(kind='payment').last().method.kind"
    guest = shopper(customer=customer)
    assert "¥" in guest.say(wish)
    assert order(shop, number, newest) != kind
    guest.say(yes)
    assert order(shop, number, newest) == kind


@pytest.mark.parametrize(
    ("customer", "number", "wish", "yes", "sku"),
    [
        (
            "C1030",
            "SO100201",
            "can I have size 43 instead of 42 for order SO100201?",
            "ok yes",
            "P102-43-BRN",
        ),
        ("C1018", "SO100216", "SO100216的跑鞋换成42码", "好的", "P101-42-WHT"),
    ],
)
def test_an_item_becomes_another_variant(
    shopper: Open,
    shop: Embedded,
    customer: str,
    number: str,
    wish: str,
    yes: str,
    sku: str,
) -> None:
    skus = "[line.variant.sku for line in order.lines.all()]"
    guest = shopper(customer=customer)
    assert "→" in guest.say(wish)
    assert sku not in order(shop, number, skus)
    guest.say(yes)
    assert sku in order(shop, number, skus)


@pytest.mark.parametrize(
    ("customer", "number", "wish", "answer", "yes"),
    [
        (
            "C1029",
            "SO100197",
            "please change the delivery date of SO100197",
            "leave it with the neighbour",
            "yes",
        ),
        (
            "C1005",
            "SO100209",
            "我想修改订单SO100209的配送时间",
            "请放到驿站",
            "好的",
        ),
    ],
)
def test_the_carrier_is_told_what_was_said(
    shopper: Open,
    shop: Embedded,
    customer: str,
    number: str,
    wish: str,
    answer: str,
    yes: str,
) -> None:
    guest = shopper(customer=customer)
    assert number in guest.say(wish)
    assert answer in guest.say(answer)
    assert order(shop, number, "order.delivery_note") == ""
    guest.say(yes)
    assert order(shop, number, "order.delivery_note") == answer
