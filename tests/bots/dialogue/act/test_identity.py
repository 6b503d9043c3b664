"""Who asks for an order proves that it is theirs, or learns nothing."""

import pytest

from bots.dialogue.act.talk import MOST_GUESSES
from orders.models import Order
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    anna = factories.customer(email="Anna@Example.com", phone="+8613800001234")
    return factories.order(anna)


@pytest.fixture
def stranger() -> TalkTo:
    return TalkTo()


def test_both_are_asked_for(stranger: TalkTo, order: Order) -> None:
    asked = stranger.say("where is my order?", "order_status")
    assert "order number" in asked
    assert "e-mail" in asked


@pytest.mark.parametrize(
    "proof",
    [{"email": "anna@example.COM"}, {"phone": "1234"}, {"phone": "13800001234"}],
)
def test_number_and_proof_at_once_need_no_question(
    stranger: TalkTo, order: Order, proof: dict[str, str]
) -> None:
    told = stranger.say("?", "order_status", order_id=order.number, **proof)
    assert "not packed yet" in told
    assert stranger.told.customer_id == order.customer_id


def test_one_after_the_other_is_enough(stranger: TalkTo, order: Order) -> None:
    stranger.say("where is my order?", "order_status")
    asked = stranger.say(order.number, "order_status", order_id=order.number)
    assert order.number in asked
    assert "not packed yet" in stranger.say("1234", "order_status", phone="1234")


def test_the_proof_may_come_first(stranger: TalkTo, order: Order) -> None:
    asked = stranger.say("I am a@…", "order_status", email="anna@example.com")
    assert "which order number" in asked
    told = stranger.say(order.number, "order_status", order_id=order.number)
    assert "not packed yet" in told


def test_once_proven_no_order_is_asked_for_again(
    stranger: TalkTo, order: Order
) -> None:
    stranger.say("?", "order_status", order_id=order.number, phone="1234")
    assert order.number in stranger.say("cancel it", "order_cancel")
    assert stranger.tasks == ["cancel_order"]


def test_a_wrong_proof_and_an_unknown_order_sound_alike(order: Order) -> None:
    wrong = TalkTo().say("?", "order_status", order_id=order.number, phone="9999")
    unknown = TalkTo().say("?", "order_status", order_id="SO1", phone="1234")
    assert wrong == unknown
    assert order.number not in wrong


def test_a_wrong_guess_is_counted_and_a_person_offered(
    stranger: TalkTo, order: Order
) -> None:
    stranger.say("?", "order_status", order_id=order.number, phone="9999")
    assert stranger.told.wrong_guesses == 1
    assert stranger.told.customer_id is None
    assert stranger.values == ["human"]


def test_a_better_proof_alone_is_enough_after_a_wrong_one(
    stranger: TalkTo, order: Order
) -> None:
    stranger.say("?", "order_status", order_id=order.number, phone="9999")
    assert "not packed yet" in stranger.say("1234", "order_status", phone="1234")


def test_a_wrong_guess_is_an_answer_and_no_misunderstanding(
    stranger: TalkTo, order: Order
) -> None:
    stranger.say("?", "order_status", order_id=order.number)
    for guess in ("1111", "2222", "3333", "4444"):
        told = stranger.say(guess, "order_status", phone=guess)
        assert told.count("\n") == 0
        assert "does not fit any order" in told


@pytest.fixture
def locked(stranger: TalkTo, order: Order) -> TalkTo:
    for _ in range(MOST_GUESSES):
        stranger.say("?", "order_status", order_id=order.number, phone="9999")
    return stranger


def test_after_five_wrong_guesses_the_check_is_locked(locked: TalkTo) -> None:
    assert "several tries" in locked.history[-1][1]
    assert locked.values == ["human"]
    assert locked.tasks == []


def test_the_right_proof_comes_too_late_then(locked: TalkTo, order: Order) -> None:
    told = locked.say("?", "order_status", order_id=order.number, phone="1234")
    assert "several tries" in told
    assert locked.told.customer_id is None


def test_two_wishes_are_refused_once(locked: TalkTo) -> None:
    told = locked.say("status, and cancel", "order_status", "order_cancel")
    assert told.count("several tries") == 1
    assert locked.tasks == []


def test_everything_else_is_still_answered(locked: TalkTo) -> None:
    assert "Hello" in locked.say("hello", "greet")


def test_the_ticket_says_that_it_is_about_the_identity(locked: TalkTo) -> None:
    locked.press("human")
    assert locked.told.hand_over is not None
    assert locked.told.hand_over.reason == "identity"


def test_who_is_not_proven_can_cancel_nothing(stranger: TalkTo, order: Order) -> None:
    stranger.say("cancel", "order_cancel", order_id=order.number, phone="9999")
    stranger.say("yes", "affirm")
    order.refresh_from_db()
    assert order.status == Order.Status.PENDING


def test_an_order_of_another_customer_is_not_found_beside_ones_own(
    stranger: TalkTo, order: Order
) -> None:
    other = factories.order()
    told = stranger.say(
        f"where is {order.number}, and cancel {other.number}",
        "order_status",
        "order_cancel",
        order_id=order.number,
        phone="1234",
    )
    assert "not packed yet" in told
    assert f"cannot find order {other.number}" in told
    assert f"Shall I cancel order {order.number}" not in told
