"""A person gets the talk with what they need to read first."""

import pytest

from bots.dialogue.turn import HandOver
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


def handed_over(talk: TalkTo) -> HandOver:
    assert talk.told.hand_over is not None
    return talk.told.hand_over


def test_who_asks_for_a_person_gets_one() -> None:
    talk = TalkTo()
    assert "colleague" in talk.say("a human please", "human_agent")
    assert handed_over(talk) == HandOver(reason="asked", summary="“a human please”")


def test_the_same_in_chinese() -> None:
    assert "同事" in TalkTo(language="zh").say("转人工", "human_agent")


def test_the_summary_holds_the_task_and_the_last_words() -> None:
    order = factories.order()
    talk = TalkTo(order.customer)
    talk.say("cancel my order", "order_cancel")
    talk.say("a human please", "human_agent")
    assert handed_over(talk).summary.splitlines() == [
        f"[cancel order] {order.number}",
        "“cancel my order”",
        "“a human please”",
    ]


def test_the_order_talked_about_goes_along() -> None:
    order = factories.order()
    talk = TalkTo(order.customer)
    talk.say("where is it", "order_status")
    talk.say("a human please", "human_agent")
    assert handed_over(talk).order_id == order.pk


def test_the_task_under_way_ends() -> None:
    order = factories.order()
    talk = TalkTo(order.customer)
    talk.say("cancel my order", "order_cancel")
    talk.say("a human please", "human_agent")
    assert talk.tasks == []


def test_a_wish_beside_it_is_left_to_the_person() -> None:
    talk = TalkTo(factories.order().customer)
    told = talk.say("cancel it or get me a human", "order_cancel", "human_agent")
    assert told.count("\n") == 0
    assert talk.tasks == []


def test_long_words_are_cut_and_few_are_kept() -> None:
    talk = TalkTo()
    for _ in range(6):
        talk.say("x" * 999, "chitchat")
    talk.say("a human please", "human_agent")
    summary = handed_over(talk).summary
    assert len(summary.splitlines()) == 4
    assert max(map(len, summary.splitlines())) < 220


def test_a_complaint_is_offered_a_person_before_its_wish_is_seen_to() -> None:
    talk = TalkTo(factories.order().customer)
    told = talk.say("awful! where is it?", "complaint", "order_status")
    assert told.startswith("I am sorry")
    assert "not packed yet" in told
    assert talk.values == ["human"]


@pytest.mark.parametrize(
    ("said", "intent", "reason"),
    [
        ("do you sponsor chess clubs?", "policy_question", "unknown_answer"),
        ("I was charged twice", "payment_problem", "problem"),
        ("what a shop!", "complaint", "problem"),
        ("can you change my address?", "order_change", "asked"),
    ],
)
def test_who_takes_the_offer_says_why(said: str, intent: str, reason: str) -> None:
    talk = TalkTo()
    talk.say(said, intent)
    talk.press("human")
    assert handed_over(talk).reason == reason


def test_why_a_person_was_offered_is_forgotten_a_turn_later() -> None:
    talk = TalkTo()
    talk.say("I was charged twice", "payment_problem")
    talk.say("thanks", "thank")
    talk.say("a human please", "human_agent")
    assert handed_over(talk).reason == "asked"
