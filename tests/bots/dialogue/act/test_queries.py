"""How often a turn of the talk asks the database."""

from typing import Any

import pytest

from orders.models import Case, Order
from tests import factories
from tests.bots.dialogue.act.shoes import shoe
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db

MOST = 35


@pytest.fixture
def pending() -> Order:
    return factories.order()


@pytest.fixture
def delivered() -> Order:
    order = factories.delivered_order()
    shoe(order)
    return order


def test_where_the_order_is(pending: Order, django_assert_max_num_queries: Any) -> None:
    talk = TalkTo(pending.customer)
    with django_assert_max_num_queries(5):
        told = talk.say("where is my order", "order_status")
    assert pending.number in told


def test_cancelling(pending: Order, django_assert_max_num_queries: Any) -> None:
    talk = TalkTo(pending.customer)
    with django_assert_max_num_queries(MOST):
        talk.say("cancel my order", "order_cancel")
    with django_assert_max_num_queries(MOST):
        talk.say("yes", "affirm")
    pending.refresh_from_db()
    assert pending.status == Order.Status.CANCELLED


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("return it", "return_request"),
        ("it arrived damaged", "order_problem"),
        ("size 42 please", "exchange_request"),
    ],
)
def test_after_sales(
    delivered: Order, text: str, intent: str, django_assert_max_num_queries: Any
) -> None:
    talk = TalkTo(delivered.customer)
    with django_assert_max_num_queries(MOST):
        talk.say(text, intent)
    with django_assert_max_num_queries(MOST):
        talk.say("yes", "affirm")
    assert Case.objects.get().order == delivered
