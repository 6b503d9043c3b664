"""A second wish in the middle, or beside the first: each is seen to, and confirmed."""

import pytest

from orders.models import Case, Customer, Order
from tests import factories
from tests.bots.dialogue.conftest import ANSWER, QUESTION, cancelled
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


def test_a_second_task_is_done_first_and_the_talk_comes_back(
    asked: TalkTo, anna: Customer, order: Order
) -> None:
    other = factories.delivered_order(anna)
    told = asked.say(f"where is {other.number}?", "order_status", order_id=other.number)
    first, again = told.splitlines()
    assert other.number in first
    assert f"cancel order {order.number}" in again
    asked.say("yes", "affirm")
    assert cancelled(order)
    assert not cancelled(other)


def test_a_second_write_in_the_middle_is_confirmed_on_its_own(
    asked: TalkTo, anna: Customer, order: Order
) -> None:
    other = factories.delivered_order(anna)
    asked.say(f"return {other.number}", "return_request", order_id=other.number)
    assert asked.tasks == ["cancel_order", "return_order"]
    back = asked.say("yes", "affirm")
    assert Case.objects.get().order == other
    assert not cancelled(order)
    assert f"cancel order {order.number}" in back
    asked.say("yes", "affirm")
    assert cancelled(order)


def test_a_no_ends_only_the_task_on_top(
    asked: TalkTo, anna: Customer, order: Order
) -> None:
    other = factories.delivered_order(anna)
    asked.say(f"return {other.number}", "return_request", order_id=other.number)
    back = asked.say("no", "deny")
    assert order.number in back
    assert asked.tasks == ["cancel_order"]


def test_never_mind_leaves_only_the_task_on_top(
    asked: TalkTo, anna: Customer, order: Order
) -> None:
    other = factories.delivered_order(anna)
    asked.say(f"return {other.number}", "return_request", order_id=other.number)
    back = asked.say("never mind", "cancel")
    assert "leave that" in back
    assert order.number in back
    assert asked.tasks == ["cancel_order"]


def test_a_new_wish_beside_never_mind_is_seen_to(asked: TalkTo, order: Order) -> None:
    told = asked.say("never mind, where is it?", "cancel", "order_status")
    assert "not packed yet" in told
    assert asked.tasks == []
    assert not cancelled(order)


def test_wishes_of_one_message_have_each_their_own_order(
    talk: TalkTo, anna: Customer, order: Order
) -> None:
    other = factories.delivered_order(anna)
    told = talk.say(
        f"cancel {order.number} and return {other.number}",
        "order_cancel",
        "return_request",
        order_id=order.number,
    )
    assert order.number in told
    assert other.number in talk.say("yes", "affirm")
    talk.say("yes", "affirm")
    assert cancelled(order)
    assert Case.objects.get().order == other


def test_two_wishes_for_one_order_are_about_it(talk: TalkTo, order: Order) -> None:
    told = talk.say(
        f"where is {order.number}? cancel it",
        "order_status",
        "order_cancel",
        order_id=order.number,
    )
    status, question = told.splitlines()
    assert "not packed yet" in status
    assert f"cancel order {order.number}" in question


@pytest.mark.usefixtures("faq")
def test_a_question_and_a_wish_are_both_seen_to(talk: TalkTo, order: Order) -> None:
    told = talk.say(QUESTION, "policy_question", "order_cancel")
    assert ANSWER in told
    assert order.number in told


def test_the_same_wish_again_comes_up_from_below(
    asked: TalkTo, anna: Customer, order: Order
) -> None:
    other = factories.delivered_order(anna)
    asked.say(f"return {other.number}", "return_request", order_id=other.number)
    asked.say(f"cancel {order.number}", "order_cancel", order_id=order.number)
    assert asked.tasks == ["return_order", "cancel_order"]


def test_a_no_with_another_order_is_about_that_order(
    asked: TalkTo, anna: Customer, order: Order
) -> None:
    other = factories.delivered_order(anna)
    told = asked.say(
        f"no wait, where is {other.number}?",
        "deny",
        "order_status",
        order_id=other.number,
    )
    assert f"order {order.number} stays" in told
    assert other.number in told
