"""What is read out of a message beside its intents."""

from typing import Any

import pytest

from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.slots import extract
from orders.models import Customer, Order
from tests.bots.dialogue.understand.said import AT

pytestmark = pytest.mark.django_db

_ALL = frozenset(
    [
        *("complaint", "order_cancel", "order_change", "order_place", "order_status"),
        *("product_search", "return_request", "exchange_request", "feedback"),
    ]
)


def slots(text: str, expecting: str = "") -> dict[str, Any]:
    intents = frozenset() if expecting else _ALL
    return extract(read(text), intents, expecting, AT)


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("my mail is Jo.Lee@Example.com.", "email", "Jo.Lee@Example.com"),
        ("call me on +44 7700 900-456", "phone", "+447700900456"),
        ("手机 138 0000 1234", "phone", "13800001234"),
        ("my name is Laura Stein, where is it", "name", "Laura Stein"),
        ("我叫周婷，查下物流", "name", "周婷"),
        ("邮编 200030", "postcode", "200030"),
        ("快递单号SF2170888656930", "tracking_number", "SF2170888656930"),
        ("tracking 783671410945 is stuck", "tracking_number", "783671410945"),
        ("pay by paypal for my order", "payment_method", "paypal"),
        ("in English please", "language", "en"),
        ("请用中文说", "language", "zh"),
        ("五星好评", "rating", 5),
        ("3 out of 5 from me, nice shop", "rating", 3),
    ],
)
def test_plain_slots(text: str, slot: str, value: Any) -> None:
    assert slots(text)[slot] == value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("backpacks under 300", None, 300),
        ("200以内的耳机", None, 200),
        ("200块以下的有吗", None, 200),
        ("一百到三百的跑鞋", 100, 300),
        ("shoes between 50 and 80", 50, 80),
        ("kettles $30-50", 30, 50),
        ("500左右的锅", 400, 600),
        ("bags over 100 dollars", 100, None),
        ("within 3 days", None, None),
        ("under 5 kg", None, None),
        ("80到150的双肩包", 80, 150),
        ("2千以内的平板", None, 2000),
        ("1万以下的电视", None, 10000),
        ("不超过350", None, 350),
        ("不低于200的", 200, None),
        ("no more than 60", None, 60),
        ("not less than 60 dollars", 60, None),
        ("36到42的鞋", None, None),
        ("30天内能退吗", None, None),
    ],
)
def test_prices(text: str, low: int | None, high: int | None) -> None:
    found = slots(text)

    assert (found.get("price_min"), found.get("price_max")) == (low, high)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("买两件T恤", 2),
        ("3 pcs of the mug", 3),
        ("a pair of socks please", 1),
        ("three black shirts", 3),
        ("数量改成5", 5),
        ("size 42 boots", None),
        ("half a dozen bowls", 6),
        ("水杯 x3", 3),
        ("A3和A5有什么区别", None),
        ("X5跟Pro哪个好", None),
        ("两个月前买的", None),
        ("有一个问题", None),
        ("under 300", None),
    ],
)
def test_quantities(text: str, count: int | None) -> None:
    assert slots(text).get("quantity") == count


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("黑色L码的羽绒服有货吗", {"color": "黑色", "size": "L"}),
        ("do you have the boots in size 43", {"size": "43"}),
        ("the 256GB phone in navy", {"capacity": "256GB", "color": "navy"}),
        ("M码换成XL", {"size": "XL"}),
        ("i want green instead of blue", {"color": "green"}),
        ("3件S码和2件L码", {"size": "S"}),
    ],
)
def test_options(text: str, options: dict[str, str]) -> None:
    assert slots(text)["options"] == options


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("do you have any waterproof backpacks under 300", "waterproof backpacks"),
        ("黑色L码的羽绒服有货吗", "羽绒服"),
        ("i want to return the rice cooker", "rice cooker"),
        ("有没有防水的登山包", "登山包"),
        ("case for my iphone 14 pro", "case"),
        ("where is my order", None),
        ("转人工", None),
    ],
)
def test_products(text: str, product: str | None) -> None:
    assert slots(text).get("product") == product


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("i ordered it yesterday", "2026-11-05"),
        ("昨天下的单", "2026-11-05"),
        ("i paid last Friday", "2026-10-30"),
        ("上周五下的单", "2026-10-30"),
        ("3天前买的", "2026-11-03"),
        ("11月1日拍的", "2026-11-01"),
        ("ordered on Nov 5", "2026-11-05"),
        ("i bought it 2 weeks ago", "2026-10-23"),
        ("since 2026-10-02", "2026-10-02"),
        ("bought on 31 December", "2026-12-31"),
        ("i need it by Tuesday", "2026-11-10"),
        ("2月30日", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert slots(text).get("date") == date


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("please change the address of my order", "address"),
        ("订单的数量改成三件", "items"),
        ("please reschedule the delivery of my order", "delivery"),
    ],
)
def test_what_of_an_order_changes(text: str, change: str) -> None:
    assert slots(text)["change"] == change


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "地址改成上海市徐汇区漕溪北路388号5幢1602室",
            "上海市徐汇区漕溪北路388号5幢1602室",
        ),
        (
            "ship my order to 22 Baker Street, London NW1 6XE please",
            "22 Baker Street, London NW1 6XE",
        ),
    ],
)
def test_addresses(text: str, address: str) -> None:
    assert slots(text)["address"] == address


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("i want to return it because it is too heavy", "it is too heavy"),
        ("我要退货，太大了", "太大了"),
        ("cancel my order, changed my mind", "changed my mind"),
    ],
)
def test_reasons(text: str, reason: str) -> None:
    assert slots(text)["reason"] == reason


@pytest.mark.parametrize(
    ("text", "expecting", "slot", "value"),
    [
        ("100123", "order_id", "order_id", "100123"),
        ("5678", "identity", "phone", "5678"),
        ("too small", "reason", "reason", "too small"),
        ("13800001234", "phone", "phone", "13800001234"),
        ("Stein", "name", "name", "Stein"),
        ("4", "rating", "rating", 4),
    ],
)
def test_a_bare_answer_fills_what_was_asked(
    text: str, expecting: str, slot: str, value: Any
) -> None:
    assert slots(text, expecting)[slot] == value


@pytest.mark.parametrize(
    ("text", "expecting", "order", "phone"),
    [
        ("SO100188 2468", "identity", "SO100188", "2468"),
        ("so100188,2468", "identity", "SO100188", "2468"),
        ("SO100188，电话尾号2468", "identity", "SO100188", "2468"),
        ("2468 SO100188", "identity", "SO100188", "2468"),
        ("看下SO100188 2468", "", "SO100188", "2468"),
        ("订单SO100188，手机2468", "", "SO100188", "2468"),
        ("SO100188 13812345678", "identity", "SO100188", "13812345678"),
        ("2468", "order_id", None, "2468"),
        ("2468", "identity", None, "2468"),
        ("SO100188 2件", "", "SO100188", None),
    ],
)
def test_an_order_and_the_end_of_a_phone_number(
    text: str, expecting: str, order: str | None, phone: str | None
) -> None:
    found = slots(text, expecting)

    assert (found.get("order_id"), found.get("phone")) == (order, phone)


def test_the_own_numbers_of_a_shop_are_no_phone(own_shop: None) -> None:
    found = slots("883209 0123", "identity")

    assert (found["order_id"], found["phone"]) == ("883209", "0123")


@pytest.fixture
def own_shop() -> None:
    customer = Customer.objects.create(ref="C1", name="Ann")
    Order.objects.create(
        number="883201",
        customer=customer,
        placed_at="2026-11-01T00:00:00Z",
        status="pending",
        currency="USD",
    )


@pytest.mark.parametrize(
    "text",
    [
        "邮编518000",
        "zip code 90210",
        "卡号后四位8899",
        "花了88321元",
        "2026年11月03日买的",
    ],
)
def test_other_digits_are_no_order(text: str) -> None:
    assert "order_id" not in slots(text)


def test_the_end_of_a_phone_number_names_no_product() -> None:
    assert "product" not in slots("我要退货，SO100188，手机末四位2468")


@pytest.mark.parametrize("text", ["call me on 07700 900456", "call me when it ships"])
def test_a_small_word_is_no_name(text: str) -> None:
    assert "name" not in slots(text)
