"""A yes redeems exactly what was proposed, once, in time, by the same customer."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from orders import confirmation
from orders.models import Confirmation, Customer
from orders.refusal import Code, Refusal
from tests import factories

pytestmark = pytest.mark.django_db

ACTION = "cancel_order"
PARAMETERS = {"order": '"SO1"', "reason": '"too slow"'}


@pytest.fixture
def anna() -> Customer:
    return factories.customer()


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def token(anna: Customer, now: datetime) -> str:
    return confirmation.propose(ACTION, PARAMETERS, customer=anna, now=now)


def used() -> bool:
    return Confirmation.objects.get().used_at is not None


def test_a_yes_uses_the_confirmation_up(
    token: str, anna: Customer, now: datetime
) -> None:
    found = confirmation.use(token, customer=anna, now=now)
    assert (found.action, found.parameters) == (ACTION, PARAMETERS)
    assert used()


def test_the_order_of_the_parameters_does_not_matter(
    token: str, anna: Customer, now: datetime
) -> None:
    turned = dict(reversed(PARAMETERS.items()))
    assert confirmation.stands(token, ACTION, turned, customer=anna, now=now)


def test_a_second_yes_finds_it_used(token: str, anna: Customer, now: datetime) -> None:
    confirmation.use(token, customer=anna, now=now)
    with pytest.raises(Refusal) as refused:
        confirmation.use(token, customer=anna, now=now)
    assert refused.value.code == Code.NOT_CONFIRMED


def test_a_yes_at_the_last_second_counts(
    token: str, anna: Customer, now: datetime
) -> None:
    last = now + confirmation.LIFETIME - timedelta(seconds=1)
    confirmation.use(token, customer=anna, now=last)
    assert used()


def test_a_yes_that_comes_too_late_is_none(
    token: str, anna: Customer, now: datetime
) -> None:
    late = now + confirmation.LIFETIME
    with pytest.raises(Refusal):
        confirmation.use(token, customer=anna, now=late)
    assert not used()


def test_nobody_else_can_say_it(token: str, now: datetime) -> None:
    eve = factories.customer()
    with pytest.raises(Refusal):
        confirmation.use(token, customer=eve, now=now)
    assert not used()


@pytest.mark.parametrize(
    ("action", "parameters"),
    [
        ("return_order", PARAMETERS),
        (ACTION, {**PARAMETERS, "order": '"SO2"'}),
        (ACTION, {"order": '"SO1"'}),
        (ACTION, {**PARAMETERS, "more": '"x"'}),
    ],
)
def test_it_stands_for_nothing_else(
    token: str,
    anna: Customer,
    now: datetime,
    action: str,
    parameters: dict[str, str],
) -> None:
    assert not confirmation.stands(token, action, parameters, customer=anna, now=now)


@pytest.mark.parametrize(
    "altered", [{"action": "open_return"}, {"parameters": {"order": '"SO2"'}}]
)
def test_what_was_altered_since_allows_nothing(
    token: str, anna: Customer, now: datetime, altered: dict[str, object]
) -> None:
    Confirmation.objects.update(**altered)
    with pytest.raises(Refusal) as refused, transaction.atomic():
        confirmation.use(token, customer=anna, now=now)
    assert refused.value.code == Code.NOT_CONFIRMED
    assert not used()


def test_an_unknown_token_allows_nothing(anna: Customer, now: datetime) -> None:
    with pytest.raises(Refusal):
        confirmation.use("made-up", customer=anna, now=now)


def test_a_token_is_short_enough_for_any_button(token: str) -> None:
    assert len(f"yes:{token}".encode()) <= 64
