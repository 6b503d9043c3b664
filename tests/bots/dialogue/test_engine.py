"""A talk: questions and other wishes in the middle, ways back, ways out."""

from dataclasses import replace

import pytest
from django.utils import timezone

from bots.dialogue import engine
from bots.dialogue.state import VERSION
from bots.dialogue.turn import Input, Shopper, Understanding
from kb.models import Gap
from orders.models import Customer, Order
from tests import factories
from tests.bots.dialogue.conftest import ANSWER, QUESTION, cancelled
from tests.bots.dialogue.talks import TalkTo, meaning

pytestmark = pytest.mark.django_db

# --- asides ---------------------------------------------------------------------------


@pytest.mark.usefixtures("faq")
def test_a_question_in_the_middle_is_answered_and_the_talk_comes_back(
    asked: TalkTo, order: Order
) -> None:
    aside, again = asked.say(QUESTION, "policy_question").splitlines()
    assert aside == ANSWER
    assert f"cancel order {order.number}" in again
    asked.say("yes", "affirm")
    assert cancelled(order)


def test_a_question_without_an_answer_comes_back_too(
    asked: TalkTo, order: Order
) -> None:
    told = asked.say("Do you deliver to the moon?", "policy_question")
    assert "do not want to guess" in told
    assert f"cancel order {order.number}" in told
    assert Gap.objects.count() == 1


@pytest.mark.usefixtures("faq")
def test_a_question_beside_the_answer_is_answered_too() -> None:
    talk = TalkTo()
    talk.say("where is my order?", "order_status")
    told = talk.say(
        "SO1. How long do refunds take?",
        "order_status",
        "policy_question",
        order_id="SO1",
    )
    assert told.startswith(ANSWER)
    assert "order SO1 is yours" in told
    assert told.count("SO1") == 1


@pytest.mark.usefixtures("faq")
def test_a_question_that_was_taken_for_an_answer_is_answered(asked: TalkTo) -> None:
    told = asked.say(QUESTION, "order_cancel")
    assert told.startswith(ANSWER)
    assert asked.tasks == ["cancel_order"]


def test_small_talk_in_the_middle_comes_back(asked: TalkTo, order: Order) -> None:
    assert order.number in asked.say("nice weather", "chitchat")
    asked.press("yes:")
    assert cancelled(order)


def test_leaving_promotions_in_the_middle_comes_back(
    asked: TalkTo, order: Order
) -> None:
    told = asked.say("STOP", "promotion_unsubscribe")
    assert asked.told.promotions is False
    assert order.number in told


def test_after_a_moment_the_same_buttons_still_hold(
    asked: TalkTo, order: Order
) -> None:
    yes = asked.values[0]
    assert "take your time" in asked.say("one moment", "chitchat")
    asked.press_value(yes)
    assert cancelled(order)


def test_a_moment_does_not_count_as_a_miss(asked: TalkTo) -> None:
    asked.say("one moment", "chitchat")
    assert asked.state["tasks"][0]["misses"] == 0


def test_an_old_button_does_nothing_and_the_question_is_asked_again(
    asked: TalkTo, order: Order
) -> None:
    told = asked.press_value("yes:OLD", "Yes, please", "affirm")
    assert "earlier question" in told
    assert order.number in told
    assert not cancelled(order)


# --- patience -------------------------------------------------------------------------


@pytest.fixture
def choosing(talk: TalkTo, anna: Customer) -> TalkTo:
    """A talk that waits for a choice between two orders."""
    factories.order(anna)
    talk.say("cancel my order", "order_cancel")
    return talk


def test_the_third_question_in_vain_offers_a_person(choosing: TalkTo) -> None:
    for _ in range(2):
        choosing.say("hm", "order_cancel")
        assert "human" not in choosing.values
    choosing.say("hm", "order_cancel")
    assert "human" in choosing.values
    assert "cancel" in choosing.values


def test_an_answer_in_between_begins_the_count_anew(
    choosing: TalkTo, order: Order
) -> None:
    for _ in range(2):
        choosing.say("hm", "order_cancel")
    choosing.say(order.number, "order_cancel", order_id=order.number)
    choosing.say("hm", "order_cancel")
    assert "human" not in choosing.values


# --- the turn itself ------------------------------------------------------------------


def test_a_state_of_another_version_starts_afresh(asked: TalkTo, order: Order) -> None:
    asked.state["version"] = VERSION + 1
    asked.say("yes", "affirm")
    assert asked.tasks == []
    assert not cancelled(order)


@pytest.mark.parametrize(
    ("slot", "heard", "before", "spoken"),
    [
        ("zh", "en", "en", "zh"),
        (None, "zh", "en", "zh"),
        (None, "fr", "zh", "zh"),
        ("fr", "fr", "", "en"),
    ],
)
def test_the_answer_is_in_the_language_asked_for_heard_or_spoken_before(
    slot: str | None, heard: str, before: str, spoken: str
) -> None:
    given = Input(text="hi", at=timezone.now(), language=before)
    understood = replace(
        meaning("greet", language=heard), slots={"language": slot} if slot else {}
    )
    outcome = engine.respond(given, understood, {}, Shopper())
    assert outcome.language == spoken


def test_the_commands_are_told_for_the_trace(talk: TalkTo) -> None:
    talk.say("hello", "greet")
    assert talk.told.commands == ("Chat(topic='greet')",)


def test_the_open_question_is_told_to_the_understanding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[str] = []

    def understand(utterance: object) -> Understanding:
        heard.append(getattr(utterance, "expecting", "?"))
        return meaning("greet")

    monkeypatch.setattr(engine, "understand_utterance", understand)
    talk = TalkTo()
    talk.say("where is my order?", "order_status")
    given = Input(text="SO1", at=timezone.now())
    engine.understand(given, talk.state)
    talk.say("SO1", "order_status", order_id="SO1")
    engine.understand(given, talk.state)
    assert heard == ["identity", "identity"]


@pytest.mark.parametrize(("language", "words"), [("zh", "抱歉"), ("fr", "sorry")])
def test_a_failed_turn_apologises_and_calls_a_person(language: str, words: str) -> None:
    outcome = engine.failed({"version": VERSION, "tasks": [1]}, language)
    assert words in outcome.replies[0].text
    assert outcome.hand_over is not None
    assert outcome.hand_over.reason == "error"
    assert outcome.state["tasks"] == ()
