"""The identity check takes a proof in whatever order and form it comes."""

import pytest

from bots.dialogue.act.talk import MOST_GUESSES
from orders.models import Order
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db

NOISE = ("chitchat", "out_of_scope", "product_search")


@pytest.fixture
def order() -> Order:
    owner = factories.customer(email="anna@example.com", phone="+8613800001234")
    return factories.order(owner, number="SO700163")


@pytest.fixture
def asked(order: Order) -> TalkTo:
    talk = TalkTo()
    talk.say("where is my order?", "order_status")
    return talk


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("SO700163 1234", "7001631234"),
        ("SO700163, 1234", "700163"),
        ("SO700163，手机后四位1234", "1234"),
        ("1234 SO700163", ""),
    ],
)
@pytest.mark.parametrize("noise", NOISE)
def test_number_and_digits_together_are_enough(
    asked: TalkTo, text: str, phone: str, noise: str
) -> None:
    told = asked.say(text, "order_status", noise, order_id="SO700163", phone=phone)
    assert "not packed yet" in told
    assert told.count("\n") == 0


def test_digits_said_first_are_kept(asked: TalkTo) -> None:
    told = asked.say("1234", "order_status", order_id="1234")
    assert "which order number" in told
    assert "not packed yet" in asked.say("SO700163", "chitchat", order_id="SO700163")


def test_digits_beside_the_number_count_without_a_question(order: Order) -> None:
    told = TalkTo().say("查SO700163 1234", "order_status", order_id="SO700163")
    assert "not packed yet" in told


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("anna@example.com", {"email": "anna@example.com"}),
        ("my phone ends in 1234", {"phone": "1234"}),
    ],
)
def test_a_proof_said_unasked_is_remembered(
    order: Order, text: str, slots: dict[str, str]
) -> None:
    talk = TalkTo()
    talk.say(text, "chitchat", **slots)
    told = talk.say("SO700163", "order_status", order_id="SO700163")
    assert "not packed yet" in told


def test_a_remembered_proof_that_is_wrong_is_tried_once(order: Order) -> None:
    talk = TalkTo()
    talk.say("b@example.com", "chitchat", email="b@example.com")
    talk.say("SO700163", "order_status", order_id="SO700163")
    assert talk.wrong_guesses == 1
    assert "not packed yet" in talk.say("1234", "chitchat", phone="1234")


@pytest.mark.parametrize("text", ["SO700163 of 2026年", "SO700163 for 1234元"])
def test_a_year_and_a_price_are_no_proof(order: Order, text: str) -> None:
    told = TalkTo().say(text, "order_status", order_id="SO700163")
    assert "SO700163 is yours" in told


def test_a_second_wish_is_about_the_number_that_waits(order: Order) -> None:
    talk = TalkTo()
    talk.say("SO700163", "order_status", order_id="SO700163")
    assert "SO700163 is yours" in talk.say("cancel it", "order_cancel")


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "I forgot the order number", "I would not know that it is yours"),
        ("zh", "邮箱忘了", "没法核实"),
    ],
)
def test_who_has_not_got_it_is_told_what_else_would_do(
    asked: TalkTo, language: str, text: str, words: str
) -> None:
    asked.language = language
    told = asked.say(text, "account_help")
    assert words in told
    assert told.count("\n") == 0
    assert asked.values == ["human"]
    said = asked.say("SO700163 1234", "order_status", order_id="SO700163")
    assert "SO700163" in said


@pytest.mark.parametrize("noise", NOISE)
def test_a_guess_after_the_lock_is_told_that_it_is_locked(
    asked: TalkTo, noise: str
) -> None:
    for _ in range(MOST_GUESSES):
        asked.say("SO700163 9999", noise, order_id="SO700163", phone="9999")
        assert len(asked.told.replies) == 1
    assert "several tries" in asked.say("1234", noise)
    assert asked.values == ["human"]
    asked.say("yes", "affirm")
    assert asked.told.hand_over is not None
