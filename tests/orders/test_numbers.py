"""Order numbers found in free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.models import Customer, Order
from orders.numbers import find_numbers, learn_shapes, order_shapes

SO = learn_shapes(["SO100123", "SO100124"])
HASH = learn_shapes(["#W1234567"])
DASHED = learn_shapes(["114-1234567-1234567"])
SHORT = learn_shapes(["1001", "1002"])
PLAIN = learn_shapes(["2026110100"])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("SO100123", "SO100123"),
        ("where is so100123?", "SO100123"),
        ("SO 100 123 please", "SO100123"),
        ("SO-100-123", "SO100123"),
        ("#SO100123", "SO100123"),
        ("＃ＳＯ１００１２３", "SO100123"),
        ("我的订单SO100123到哪了", "SO100123"),
        ("订单100123", "SO100123"),
        ("S0100123", "SO100123"),
        ("s0 1oo123 pls", "SO100123"),
    ],
)
def test_the_shops_own_form(text: str, number: str) -> None:
    assert find_numbers(text, SO) == [number]


def test_several() -> None:
    assert find_numbers("SO100123和so 100 124", SO) == ["SO100123", "SO100124"]


def test_other_forms() -> None:
    assert find_numbers("#w1234567", HASH) == ["#W1234567"]
    assert find_numbers("W1234567", HASH) == ["#W1234567"]
    assert find_numbers("11412345671234567", DASHED) == ["114-1234567-1234567"]
    assert find_numbers("2026110100", PLAIN) == ["2026110100"]


def test_short_digits_only_where_called_a_number() -> None:
    assert find_numbers("order #1001", SHORT) == ["1001"]
    assert find_numbers("订单1001", SHORT) == ["1001"]
    assert find_numbers("bought in 2026", SHORT) == []


def test_plausible_number_of_unknown_form() -> None:
    assert find_numbers("#ab-1234567 hello", SO) == ["AB1234567"]
    assert find_numbers("it is 7654321", []) == ["7654321"]


@pytest.mark.parametrize(
    "text",
    [
        "call 13812345678",
        "手机号 138 1234 5678",
        "+8613812345678",
        "555-123-4567",
        "my phone is 2026110100",
        "¥100123",
        "花了100123元",
        "12345.00 in total",
        "so100123@example.com",
        "soooooooo good",
        "邮编100123",
        "zip code: 100123",
        "手机后四位1001",
        "phone ending in 100123",
        "bought on 20261101",
        "2026-11-01",
        "2026年11月1日下的单",
        "1234",
        "hello",
        "",
    ],
)
def test_what_is_no_order_number(text: str) -> None:
    assert find_numbers(text, [*SO, *PLAIN]) == []


@given(st.text(), st.lists(st.text(max_size=20), max_size=5))
def test_any_text_and_any_shop(text: str, numbers: list[str]) -> None:
    for number in find_numbers(text, learn_shapes(numbers)):
        assert number


@given(st.from_regex(r"[A-Z]{0,4}[0-9]{5,12}", fullmatch=True))
def test_a_learnt_number_is_found_as_written(number: str) -> None:
    if number[0].isalpha():
        assert number in find_numbers(f"x {number.lower()} y", learn_shapes([number]))


@pytest.mark.django_db
def test_shapes_are_learnt_from_the_orders() -> None:
    assert order_shapes() == []
    customer = Customer.objects.create(ref="C1", name="Ann")
    for number in ("SO100123", "K-9-000017"):
        Order.objects.create(
            number=number,
            customer=customer,
            placed_at="2026-11-01T00:00:00Z",
            status="pending",
            currency="CNY",
        )
        assert find_numbers(f"is {number.lower()} sent?") == [number]
