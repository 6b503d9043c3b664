"""What needs no fact of the shop."""

import pytest

from tests.bots.dialogue.talks import TalkTo, unsure

MENU = ["order_status", "products", "human"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> TalkTo:
    return TalkTo()


@pytest.mark.parametrize("intent", ["greet", "ask_bot"])
def test_who_wants_to_know_what_there_is_is_shown_it(talk: TalkTo, intent: str) -> None:
    talk.say("hello", intent)
    assert talk.values == MENU


@pytest.mark.parametrize("intent", ["goodbye", "thank", "chitchat"])
def test_manners_are_returned(talk: TalkTo, intent: str) -> None:
    english = talk.say("…", intent)
    assert english != TalkTo(language="zh").say("…", intent)
    assert talk.values == []


def test_an_empty_message_is_answered(talk: TalkTo) -> None:
    assert "empty message" in talk.say("  ")
    assert talk.values == MENU


@pytest.mark.parametrize("kind", ["photo", "voice", "unsupported"])
def test_what_cannot_be_read_is_said_and_a_person_offered(
    talk: TalkTo, kind: str
) -> None:
    assert "describe it in a few words" in talk.send(kind)
    assert talk.values == ["human"]


def test_feedback_is_kept_with_its_rating(talk: TalkTo) -> None:
    assert "Thank you" in talk.say("5 stars, great", "feedback", rating=5)
    assert talk.told.rating == (5, "5 stars, great")


def test_feedback_needs_no_rating(talk: TalkTo) -> None:
    talk.say("x" * 9000, "feedback")
    assert talk.told.rating == (None, "x" * 2000)


def test_promotions_are_switched_on_and_off(talk: TalkTo) -> None:
    assert "we will tell you of offers" in talk.say("offers!", "promotion_subscribe")
    assert talk.told.promotions is True
    assert "no more promotional" in talk.say("STOP", "promotion_unsubscribe")
    assert talk.told.promotions is False


def test_who_says_nothing_of_promotions_changes_nothing(talk: TalkTo) -> None:
    talk.say("hello", "greet")
    assert talk.told.promotions is None


def test_nothing_to_cancel_is_no_error(talk: TalkTo) -> None:
    assert "What else" in talk.say("never mind", "cancel")


def test_what_is_not_understood_is_asked_for_then_shown_then_handed_over(
    talk: TalkTo,
) -> None:
    assert "other words" in talk.say("grmpf", unsure("order_status"))
    talk.say("grmpf", unsure("order_status"))
    assert talk.values == MENU
    talk.say("grmpf", unsure("order_status"))
    assert talk.values == ["human"]


def test_being_understood_in_between_begins_the_count_anew(talk: TalkTo) -> None:
    talk.say("grmpf", unsure("order_status"))
    talk.say("hello", "greet")
    assert "other words" in talk.say("grmpf", unsure("order_status"))
