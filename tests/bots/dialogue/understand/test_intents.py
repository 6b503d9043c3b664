"""Which intents a message has, alone and as an answer."""

import pytest

from tests.bots.dialogue.understand.said import hear, names

pytestmark = pytest.mark.django_db

_RETURN = ("shopper", "i want to return the shoes")
_STATUS = ("shopper", "where is my order")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("好的", "affirm"),
        ("嗯", "affirm"),
        ("yep", "affirm"),
        ("👍", "affirm"),
        ("不要", "deny"),
        ("no thanks", "deny"),
        ("STOP", "promotion_unsubscribe"),
        ("退订", "promotion_unsubscribe"),
        ("TD", "promotion_unsubscribe"),
        ("转人工", "human_agent"),
        ("agent", "human_agent"),
        ("/start", "greet"),
        ("never mind", "cancel"),
        ("算了", "cancel"),
        ("谢谢", "thank"),
    ],
)
def test_a_word_that_can_mean_one_thing(text: str, intent: str) -> None:
    found = hear(text)

    assert names(found) == [intent]
    assert found.first.confidence > 0.9


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("你好，我要退货", ["greet", "return_request"]),
        ("您好，想问下换货流程", ["greet", "policy_question"]),
        ("hello, what is the return procedure", ["greet", "policy_question"]),
        ("where is my order SO100192, thanks", ["order_status", "thank"]),
    ],
)
def test_manners_come_where_they_are_said(text: str, wanted: list[str]) -> None:
    assert names(hear(text)) == wanted


def test_wishes_come_in_the_order_said() -> None:
    found = hear("where is my order? also how do I change my password?")

    assert names(found) == ["order_status", "account_help"]


def test_a_go_ahead_is_a_yes() -> None:
    found = hear("ok go ahead then", expecting="confirm")

    assert names(found) == ["affirm"]


def test_an_answer_carries_the_task_under_way() -> None:
    found = hear("they pinch my toes", _RETURN, ("bot", "Why do you return them?"))

    assert names(found) == ["return_request"]
    assert found.slots["reason"] == "they pinch my toes"


@pytest.mark.parametrize("number", ["SO100123", "100123"])
def test_a_bare_number_answers_the_question(number: str) -> None:
    found = hear(number, _STATUS, ("bot", "What is your order number?"))

    assert names(found) == ["order_status"]
    assert str(found.slots["order_id"]).endswith("100123")


def test_a_no_with_a_correction_is_a_no_and_the_task() -> None:
    found = hear("No, the other one", _RETURN, ("bot", "Is it order SO100163?"))

    assert names(found) == ["deny", "return_request"]


def test_another_wish_replaces_the_answer() -> None:
    found = hear(
        "how do i reset my password", _RETURN, ("bot", "Which order is it from?")
    )

    assert names(found) == ["account_help"]


def test_a_wish_beside_the_answer_is_added() -> None:
    found = hear(
        "the black one. also how do i reset my password",
        _RETURN,
        ("bot", "Which pair do you want to return?"),
    )

    assert names(found) == ["return_request", "account_help"]


def test_stop_inside_a_task_ends_the_task() -> None:
    found = hear("stop", _RETURN, ("bot", "What is your order number?"))

    assert names(found) == ["cancel"]


def test_an_offer_of_help_leaves_no_question_open() -> None:
    found = hear("where is my parcel", _RETURN, ("bot", "How can I help you?"))

    assert names(found) == ["order_status"]


def test_no_to_an_offer_of_more_help_is_a_no() -> None:
    found = hear("no that's all", _RETURN, ("bot", "Anything else I can help with?"))

    assert found.first.name in ("deny", "goodbye")
