"""Repairs under warranty."""

import pytest

from orders.models import Case, Order
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return factories.delivered_order(days_ago=90)


@pytest.mark.parametrize(
    ("language", "text", "yes", "words"),
    [
        ("en", "the kettle stopped working", "yes", "repair"),
        ("zh", "电水壶坏了，想保修", "好的", "维修"),
    ],
)
def test_a_yes_opens_the_repair(
    order: Order, language: str, text: str, yes: str, words: str
) -> None:
    talk = TalkTo(order.customer, language)
    assert order.number in talk.say(text, "repair_request")
    assert not Case.objects.exists()
    done = talk.say(yes, "affirm")
    case = Case.objects.get()
    assert case.kind == Case.Kind.REPAIR
    assert case.ref in done
    assert words in done


def test_after_the_warranty_the_day_is_told() -> None:
    order = factories.delivered_order(days_ago=400, placed_at=factories.ago(days=405))
    talk = TalkTo(order.customer)
    told = talk.say("repair it", "repair_request", order_id=order.number)
    assert "365 days" in told
    assert talk.values == ["human"]
    assert not Case.objects.exists()


def test_what_is_being_repaired_is_told(order: Order) -> None:
    talk = TalkTo(order.customer)
    talk.say("repair it", "repair_request")
    talk.say("yes", "affirm")
    told = talk.say("repair it", "repair_request")
    assert Case.objects.get().ref in told
    assert Case.objects.count() == 1
