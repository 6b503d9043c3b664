"""Damaged, wrong or lost goods: a refund without a return, and a photo."""

from decimal import Decimal

import pytest

from orders.models import Case, Order, PolicyTerms
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return factories.delivered_order()


@pytest.mark.parametrize(
    ("language", "text", "ground"),
    [
        ("en", "the kettle arrived broken", Case.Ground.DAMAGED),
        ("zh", "水壶收到就碎了", Case.Ground.DAMAGED),
        ("en", "you sent me the wrong item", Case.Ground.WRONG_ITEM),
        ("zh", "发错货了", Case.Ground.WRONG_ITEM),
        ("en", "it never arrived", Case.Ground.LOST),
        ("zh", "包裹丢了", Case.Ground.LOST),
    ],
)
def test_a_yes_asks_for_the_refund(
    order: Order, language: str, text: str, ground: Case.Ground
) -> None:
    talk = TalkTo(order.customer, language)
    assert "¥99.00" in talk.say(text, "order_problem")
    assert not Case.objects.exists()
    done = talk.say("yes" if language == "en" else "好的", "affirm")
    case = Case.objects.get()
    assert (case.kind, case.ground) == (Case.Kind.REFUND, ground)
    assert case.ref in done


@pytest.mark.parametrize(("language", "words"), [("en", "photo"), ("zh", "照片")])
def test_where_a_photo_is_needed_a_person_is_offered(
    order: Order, language: str, words: str
) -> None:
    talk = TalkTo(order.customer, language)
    talk.say("it arrived broken", "order_problem")
    assert words in talk.say("yes", "affirm")
    assert talk.values == ["human"]


def test_what_the_terms_let_through_is_paid(order: Order) -> None:
    PolicyTerms.objects.create(
        valid_from=factories.ago(days=1),
        approval_limit=Decimal(500),
        evidence_grounds=[],
    )
    talk = TalkTo(order.customer)
    talk.say("you sent me the wrong item", "order_problem")
    told = talk.say("yes", "affirm")
    assert "under way to your credit card" in told
    assert Case.objects.get().status == Case.Status.COMPLETED


def test_staff_look_at_what_is_lost(order: Order) -> None:
    PolicyTerms.objects.create(
        valid_from=factories.ago(days=1), approval_limit=Decimal(500)
    )
    talk = TalkTo(order.customer)
    talk.say("it never arrived", "order_problem")
    talk.say("yes", "affirm")
    assert Case.objects.get().status == Case.Status.REQUESTED


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_went_wrong_is_asked_for(order: Order, language: str) -> None:
    talk = TalkTo(order.customer, language)
    talk.say("there is a problem", "order_problem")
    assert talk.values == ["damaged", "wrong_item", "lost", "human"]
    assert "¥99.00" in talk.press("damaged")


def test_an_order_that_is_not_sent_is_offered_a_person() -> None:
    order = factories.order()
    talk = TalkTo(order.customer)
    assert "is pending" in talk.say("it never arrived", "order_problem")
    assert talk.values == ["order_status", "human"]
    assert not Case.objects.exists()
