"""Between the proposal and the yes: nothing is done, and the button stays good."""

import pytest

from orders.models import Customer, Order
from tests import factories
from tests.bots.dialogue.talks import TalkTo, unsure

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Customer:
    return factories.customer()


@pytest.fixture
def order(anna: Customer) -> Order:
    return factories.order(anna)


@pytest.fixture
def asked(anna: Customer, order: Order) -> TalkTo:
    talk = TalkTo(anna)
    talk.say("cancel my order", "order_cancel")
    return talk


def cancelled(order: Order) -> bool:
    order.refresh_from_db()
    return order.status == Order.Status.CANCELLED


@pytest.mark.parametrize(
    "text",
    ["please keep it", "sure?", "yes, no", "嗯，让我想想", "确定吗？", "好，先别取消"],
)
def test_whatever_is_no_plain_yes_is_asked_about_again(
    asked: TalkTo, order: Order, text: str
) -> None:
    told = asked.say(text, "affirm")
    assert order.number in told
    assert asked.tasks == ["cancel_order"]
    assert not cancelled(order)


def test_a_yes_with_a_question_is_answered_and_asked_again(
    asked: TalkTo, order: Order
) -> None:
    factories.entry("How long do refunds take?", "5 working days.")
    told = asked.say("fine. How long do refunds take?", "affirm", "policy_question")
    assert "5 working days." in told
    assert f"cancel order {order.number}" in told
    assert not cancelled(order)


def test_a_yes_that_is_not_sure_is_asked_again(asked: TalkTo, order: Order) -> None:
    asked.say("可恶", unsure("affirm", 0.6))
    assert not cancelled(order)
    asked.say("是的", "affirm")
    assert cancelled(order)


@pytest.mark.parametrize("text", ["the first one", "第一个", "1"])
def test_a_place_is_no_yes(asked: TalkTo, order: Order, text: str) -> None:
    asked.say(text, "order_cancel")
    assert not cancelled(order)


def test_the_question_asked_again_keeps_its_buttons(
    asked: TalkTo, order: Order
) -> None:
    yes = asked.values[0]
    asked.say("hm?", "chitchat")
    assert asked.values[0] == yes
    asked.press_value(yes)
    assert cancelled(order)


def test_an_old_button_leaves_the_standing_one_good(
    asked: TalkTo, anna: Customer, order: Order
) -> None:
    old = asked.values[0]
    other = factories.order(anna)
    asked.say(f"no, {other.number}", "order_cancel", order_id=other.number)
    standing = asked.values[0]
    assert "earlier question" in asked.press_value(old)
    asked.press_value(standing)
    assert (cancelled(order), cancelled(other)) == (False, True)


def test_a_used_button_is_of_no_use_again(asked: TalkTo, order: Order) -> None:
    yes = asked.values[0]
    asked.press_value(yes)
    assert "earlier question" in asked.press_value(yes)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "is done already"), ("zh", "已经办好了")]
)
def test_a_second_yes_is_told_that_it_is_done(
    asked: TalkTo, language: str, words: str
) -> None:
    asked.language = language
    asked.say("yes", "affirm")
    assert words in asked.say("yes", "affirm")
    assert "anything else" in TalkTo().say("yes", "affirm")


def test_the_reason_is_acknowledged(asked: TalkTo, order: Order) -> None:
    told = asked.say("too small", "order_cancel", reason="too small")
    assert "Noted: too small." in told
    assert order.number in told
    asked.language = "zh"
    assert "原因已记下：太小了" in asked.say("太小了", "order_cancel", reason="太小了")


# --- what a yes takes where nothing is under way --------------------------------------


def test_a_yes_takes_nothing_where_nothing_was_asked(anna: Customer) -> None:
    order = factories.order(anna, status=Order.Status.PROCESSED)
    talk = TalkTo(anna)
    talk.say("cancel", "order_cancel", order_id=order.number)
    assert talk.values == ["human"]
    assert "anything else" in talk.say("yes", "affirm")
    assert talk.told.hand_over is None


def test_a_yes_takes_the_return_that_was_offered(anna: Customer) -> None:
    order = factories.delivered_order(anna)
    talk = TalkTo(anna)
    assert "shall I open a return?" in talk.say(
        "cancel", "order_cancel", order_id=order.number
    )
    assert "Shall I open a return" in talk.say("yes", "affirm")


@pytest.mark.parametrize(
    "text", ["then cancel it", "now where is my order", "好的，那我的订单到哪了"]
)
def test_a_yes_with_a_wish_is_the_wish(anna: Customer, order: Order, text: str) -> None:
    talk = TalkTo(anna)
    talk.say("the cup is broken", "order_problem")
    talk.say(text, "affirm", "order_status")
    assert talk.told.hand_over is None
    assert order.number in talk.history[-1][1]


def test_who_asks_for_a_person_is_offered_none(anna: Customer) -> None:
    talk = TalkTo(anna)
    told = talk.say("a person! liars!", "human_agent", "complaint")
    assert told.count("\n") == 0
    assert talk.told.hand_over is not None
    assert talk.values == []
