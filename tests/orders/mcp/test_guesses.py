"""Who bears the token of HTTP guesses so often, over all orders together."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from orders.mcp import guesses, session
from orders.refusal import Code, Refusal
from tests import factories

pytestmark = pytest.mark.django_db

BEARER = guesses.whose("a-token-that-is-long-enough")


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def identify(number: str, email: str = "wrong@example.com", who: str = BEARER) -> str:
    """One request: nothing but the bearer is known from the last; its answer."""
    found = session.restored(None, bearer=who)
    try:
        return found.identify(number, email=email, phone_tail="", now=timezone.now())
    except Refusal as refusal:
        return refusal.code


def test_guesses_count_over_all_orders() -> None:
    orders = [factories.order() for _ in range(guesses.MOST_WRONG)]
    own = orders[0]
    told = {identify(order.number) for order in orders}
    assert told == {Code.WRONG_PROOF}
    assert identify(own.number, own.customer.email) == Code.LOCKED
    assert identify("SO0") == Code.LOCKED


def test_orders_that_are_not_there_count_too() -> None:
    for number in range(guesses.MOST_WRONG):
        identify(f"SO99{number}")
    assert identify("SO0") == Code.LOCKED


def test_another_bearer_is_not_locked() -> None:
    own = factories.order()
    for number in range(guesses.MOST_WRONG):
        identify(f"SO99{number}")
    other = guesses.whose("another-token-altogether")
    assert identify(own.number, own.customer.email, who=other) == own.customer.ref


def test_after_an_hour_it_is_forgotten() -> None:
    own, now = factories.order(), timezone.now()
    with time_machine.travel(now, tick=False):
        for number in range(guesses.MOST_WRONG):
            identify(f"SO99{number}")
    with time_machine.travel(now + timedelta(minutes=61), tick=False):
        assert identify(own.number, own.customer.email) == own.customer.ref


def test_who_is_identified_stays_so() -> None:
    own = factories.order()
    for number in range(guesses.MOST_WRONG):
        identify(f"SO99{number}")
    back = session.restored(session.handle(own.customer.ref), bearer=BEARER)
    assert back.customer == own.customer


def test_the_token_is_not_in_its_name() -> None:
    assert "token" not in BEARER
    assert guesses.whose("a-token-that-is-long-enough") == BEARER
