"""What is said becomes one of the shop's reasons, or is asked for."""

import pytest

from bots.dialogue.act.cancel_reason import code
from orders.models import Confirmation, Order, PolicyTerms
from orders.models.policy import default_cancel_reasons
from tests import factories
from tests.bots.dialogue.talks import TalkTo

ALL = default_cancel_reasons()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("I found it cheaper", "found_cheaper"),
        ("别家更便宜", "found_cheaper"),
        ("it takes too long", "too_slow"),
        ("等太久了", "too_slow"),
        ("ordered by mistake", "ordered_by_mistake"),
        ("拍错了", "ordered_by_mistake"),
        ("no longer need it", "no_longer_needed"),
        ("不需要了", "no_longer_needed"),
        ("my cat said so", "other"),
        ("", "other"),
        ("too_slow", "too_slow"),
    ],
)
def test_words_stand_for_a_reason(said: str, expected: str) -> None:
    assert code(said, ALL) == expected


def test_without_another_reason_words_must_fit() -> None:
    assert code("my cat said so", ["too_slow"]) == ""
    assert code("I found it cheaper", ["too_slow"]) == ""


@pytest.fixture
def order() -> Order:
    PolicyTerms.objects.create(
        valid_from=factories.ago(days=1), cancel_reasons=["too_slow", "moved away"]
    )
    return factories.order()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "label"), [("en", "Takes too long"), ("zh", "等太久了")]
)
def test_a_reason_of_the_shop_is_asked_for(
    order: Order, language: str, label: str
) -> None:
    talk = TalkTo(order.customer, language)
    talk.say("cancel it", "order_cancel")
    labels = [button.label for button in talk.buttons]
    assert labels[:2] == [label, "moved away"]
    assert not Confirmation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["too_slow", "moved away"])
def test_the_chosen_reason_is_kept(order: Order, said: str) -> None:
    talk = TalkTo(order.customer)
    talk.say("cancel it", "order_cancel")
    talk.press(said)
    talk.say("yes", "affirm")
    order.refresh_from_db()
    assert order.cancel_reason == said


@pytest.mark.django_db
def test_words_that_fit_no_reason_are_asked_about_again(order: Order) -> None:
    talk = TalkTo(order.customer)
    talk.say("cancel it", "order_cancel")
    assert "choose one of these reasons" in talk.say("because", "order_cancel")
