"""A customer with one order, and a talk about it."""

import pytest

from orders.models import Customer, Order
from tests import factories
from tests.bots.dialogue.talks import TalkTo

QUESTION = "How long do refunds take?"
ANSWER = "A refund arrives within 5 working days."


@pytest.fixture
def anna() -> Customer:
    return factories.customer()


@pytest.fixture
def order(anna: Customer) -> Order:
    return factories.order(anna)


@pytest.fixture
def talk(anna: Customer, order: Order) -> TalkTo:
    return TalkTo(anna)


@pytest.fixture
def asked(talk: TalkTo) -> TalkTo:
    """A talk that waits for a yes to a cancellation."""
    talk.say("cancel my order", "order_cancel")
    return talk


@pytest.fixture
def faq() -> None:
    factories.entry(QUESTION, ANSWER)


def cancelled(order: Order) -> bool:
    order.refresh_from_db()
    return order.status == Order.Status.CANCELLED
