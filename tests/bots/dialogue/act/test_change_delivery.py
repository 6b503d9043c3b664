"""Another day, or a note for the carrier."""

from datetime import timedelta

import pytest

from orders.models import Order
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return factories.order()


@pytest.mark.parametrize(("language", "yes"), [("en", "yes"), ("zh", "好的")])
def test_a_yes_changes_the_day(order: Order, language: str, yes: str) -> None:
    day = (factories.ago(days=-5)).date()
    talk = TalkTo(order.customer, language)
    asked = talk.say("later", "order_change", change="delivery", date=day.isoformat())
    assert str(day.day) in asked
    assert Order.objects.get().deliver_on is None
    talk.say(yes, "affirm")
    assert Order.objects.get().deliver_on == day


@pytest.mark.parametrize(
    ("language", "note"), [("en", "leave it with the neighbour"), ("zh", "放门口就行")]
)
def test_a_note_goes_to_the_carrier(order: Order, language: str, note: str) -> None:
    talk = TalkTo(order.customer, language)
    assert note in talk.say(note, "order_change", change="delivery")
    talk.say("yes", "affirm")
    assert Order.objects.get().delivery_note == note


def test_a_day_that_is_over_is_asked_for_again(order: Order) -> None:
    day = (factories.ago(days=0) - timedelta(days=2)).date()
    talk = TalkTo(order.customer)
    told = talk.say("then", "order_change", change="delivery", date=day.isoformat())
    assert "over already" in told
    assert talk.state["tasks"][0]["asked"] == "delivery"


def test_what_is_not_said_is_asked_for(order: Order) -> None:
    talk = TalkTo(order.customer)
    assert "Name a day" in talk.say("the delivery", "order_change", change="delivery")
    assert "Please name a day" in talk.say("hm", "order_change", change="delivery")


def test_what_is_so_already_is_said(order: Order) -> None:
    Order.objects.update(delivery_note="ring twice")
    talk = TalkTo(order.customer)
    told = talk.say("ring twice", "order_change", change="delivery")
    assert "like that already" in told
