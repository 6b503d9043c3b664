"""Who owns an order, and how often it may be guessed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from orders import identity
from orders.models import Customer, Order
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    owner = factories.customer(email="Anna.Li@example.com", phone="+8613800001234")
    return factories.order(owner)


def proved(number: str, **proof: str) -> Customer | None:
    return identity.prove(number, now=timezone.now(), **proof)


@pytest.mark.parametrize(
    "proof",
    [
        {"email": "anna.li@EXAMPLE.com"},
        {"phone_tail": "1234"},
        {"email": "eve@example.com", "phone_tail": "1234"},
    ],
)
def test_the_email_in_any_case_or_the_last_digits_prove_it(
    order: Order, proof: dict[str, str]
) -> None:
    assert proved(order.number.lower(), **proof) == order.customer


@pytest.mark.parametrize(
    "proof",
    [
        {},
        {"email": "eve@example.com"},
        {"email": "eve@example.com", "phone_tail": "0000"},
        *({"phone_tail": tail} for tail in ("1235", "234", "01234", "", "abcd")),
    ],
)
def test_anything_else_does_not(order: Order, proof: dict[str, str]) -> None:
    assert proved(order.number, **proof) is None


def test_an_unknown_number_answers_as_a_wrong_proof() -> None:
    assert proved("SO999", phone_tail="1234") is None


def test_nobody_without_email_or_phone_can_be_proved() -> None:
    order = factories.order(factories.customer(email="", phone=""))
    assert proved(order.number, email="", phone_tail="") is None


def test_a_short_phone_number_proves_nobody() -> None:
    order = factories.order(factories.customer(phone="123"))
    assert proved(order.number, phone_tail="0123") is None


def test_an_order_is_guessed_ten_times_a_day_whoever_guesses(order: Order) -> None:
    for guess in range(identity.MOST_WRONG):
        assert proved(order.number, phone_tail=f"{guess:04}") is None
    assert proved(order.number, phone_tail="1234") is None


def test_a_day_later_the_owner_can_prove_it_again(order: Order) -> None:
    for guess in range(identity.MOST_WRONG):
        proved(order.number, phone_tail=f"{guess:04}")
    later = timezone.now() + identity.FORGOTTEN_AFTER + timedelta(seconds=1)
    assert identity.prove(order.number, now=later, phone_tail="0000") is None
    assert identity.prove(order.number, now=later, phone_tail="1234") == order.customer
