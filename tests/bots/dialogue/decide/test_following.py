"""Short follow-ups mean the list or the product that was shown last."""

from typing import Any

import pytest
from django.utils import timezone

from bots.dialogue.decide import commands as do
from bots.dialogue.decide import reading, verbs
from bots.dialogue.state import Choice, State
from bots.dialogue.turn import Input, Intent
from tests.bots.dialogue.talks import meaning, unsure

ORDERS = tuple(Choice(label=one, value=one) for one in ("SO1", "SO2", "SO3"))
LISTED = State(shown=ORDERS, skill="order_status", order="SO1")
PRODUCTS = State(
    shown=(
        Choice(label="A", value="product:P1"),
        Choice(label="B", value="product:P2"),
    ),
    product="P1",
)


def read(
    state: State, text: str, *intents: str | Intent, **slots: Any
) -> list[do.Command]:
    given = Input(text=text, at=timezone.now())
    return reading.read(given, meaning(*intents, **slots), state)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("and the first?", "SO1"),
        ("the second one", "SO2"),
        ("what about the third order", "SO3"),
        ("最后一个呢", "SO3"),
        ("那第二个呢？", "SO2"),
    ],
)
def test_a_place_means_the_list_that_was_answered(text: str, order: str) -> None:
    [command] = read(LISTED, text)
    assert command == do.Start(skill="order_status", order=order)


@pytest.mark.parametrize("text", ["cancel the second one too", "第二个也取消"])
def test_a_place_amid_a_wish_is_its_order(text: str) -> None:
    [command] = read(LISTED, text, "order_cancel")
    assert command == do.Start(skill="cancel_order", order="SO2")


@pytest.mark.parametrize("text", ["the ninth one", "第九个"])
def test_a_place_beyond_the_list_is_said_so(text: str) -> None:
    assert read(LISTED, text) == [do.Beyond(count=3)]


def test_a_place_among_products_is_a_product() -> None:
    assert read(PRODUCTS, "the second one") == [do.AskProduct(ref="P2")]


@pytest.mark.parametrize(
    ("text", "intents", "slots"),
    [
        ("750毫升的呢", (unsure("product_question"),), {"options": {"c": "750毫升"}}),
        ("红轴呢", ("out_of_scope",), {"options": {"switch": "红"}}),
        ("and the blue one?", ("chitchat",), {"options": {"color": "blue"}}),
        ("黑色还有货吗", ("policy_question",), {"options": {"color": "黑色"}}),
        ("when will it be back", ("order_status",), {}),
        ("X2 512G呢", ("out_of_scope",), {}),
    ],
)
def test_a_few_words_are_about_the_product_shown_last(
    text: str, intents: tuple[str | Intent, ...], slots: dict[str, Any]
) -> None:
    assert read(PRODUCTS, text, *intents, **slots) == [do.AskProduct()]
    assert read(State(), text, *intents, **slots) != [do.AskProduct()]


@pytest.mark.parametrize("text", ["便宜点的", "哪个便宜", "the cheaper one"])
def test_cheaper_is_no_question_for_offers(text: str) -> None:
    assert read(PRODUCTS, text, "promotion_query") == [do.Cheaper()]


def test_a_sure_wish_is_no_follow_up() -> None:
    said = read(PRODUCTS, "change it to blue", "order_change", options={"c": "blue"})
    assert said == [do.Start(skill="change_items")]


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("SO9能退吗", "return_order"),
        ("可以取消SO9吗", "cancel_order"),
        ("is SO9 refundable", "refund_status"),
        ("SO9是什么", "order_status"),
    ],
)
def test_a_general_question_with_a_number_is_about_that_order(
    text: str, skill: str
) -> None:
    said = read(State(), text, "policy_question", order_id="SO9")
    assert said == [do.Start(skill=skill)]


@pytest.mark.parametrize("text", ["可以退吗", "那能退货吗？", "can I return it?"])
def test_can_i_return_it_is_about_the_order_shown_last(text: str) -> None:
    assert read(LISTED, text, "policy_question") == [do.Start(skill="return_order")]
    assert read(State(), text, "policy_question") == [do.Ask(topic="policy_question")]


def test_without_a_verb_no_skill_is_told() -> None:
    assert verbs.skill("SO9 please") == ""


def test_one_sentence_about_a_product_asks_no_policy_too() -> None:
    said = read(State(), "is it warm", "product_question", "policy_question")
    assert said == [do.AskProduct()]
    said = read(
        State(), "is it warm? and returns?", "product_question", "policy_question"
    )
    assert said == [do.AskProduct(), do.Ask(topic="policy_question")]
