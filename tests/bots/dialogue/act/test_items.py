"""Which items of an order go back, and how many of each."""

from decimal import Decimal

import pytest

from orders.models import CaseLine, Customer, Order, Payment
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db

NAMES = (
    ("Bamboo fibre bath towel", "竹纤维浴巾", 2),
    ("Amino acid cleanser", "氨基酸洁面乳", 1),
    ("Desktop microphone", "桌面麦克风", 1),
    ("Magnetic power bank", "移动电源", 1),
)


@pytest.fixture
def anna() -> Customer:
    return factories.customer()


@pytest.fixture
def order(anna: Customer) -> Order:
    order = factories.delivered_order(anna, lines=len(NAMES))
    for line, (en, zh, quantity) in zip(order.lines.all(), NAMES, strict=True):
        line.product.name = {"en": en, "zh": zh}
        line.product.save()
        line.quantity = quantity
        line.save()
    bank = order.lines.get(product__name__en="Magnetic power bank").product
    bank.tags = ["充电宝"]
    bank.save()
    Payment.objects.update(amount=Decimal("495.00"))
    return order


@pytest.fixture
def talk(anna: Customer, order: Order) -> TalkTo:
    return TalkTo(anna)


def returned() -> dict[str, int]:
    return {
        line.line.product.name["en"].split()[-1]: line.quantity
        for line in CaseLine.objects.all()
    }


@pytest.mark.parametrize("said", [1, 2, 5])
def test_as_many_as_are_said_go_back_and_no_more_than_there_are(
    talk: TalkTo, said: int
) -> None:
    asked = talk.say("return towels", "return_request", product="towel", quantity=said)
    counted = min(said, 2)
    assert f"¥{99 * counted}.00" in asked
    assert f"× {counted}" in asked
    talk.say("yes", "affirm")
    assert returned() == {"towel": counted}


def test_without_a_number_all_of_a_line_go_back_and_it_is_said(talk: TalkTo) -> None:
    asked = talk.say("return the towels", "return_request", product="towel")
    assert "towel × 2 of order" in asked
    assert "¥198.00" in asked


def test_some_of_several_are_told_as_such(talk: TalkTo) -> None:
    asked = talk.say("one towel", "return_request", product="towel", quantity=1)
    assert "× 1 (of 2)" in asked
    talk.language = "zh"
    assert "竹纤维浴巾 × 1（共 2 件）" in talk.say("是这个", "return_request")


def test_only_one_is_taken_at_the_confirmation_too(talk: TalkTo) -> None:
    talk.say("return the towels", "return_request", product="towel")
    assert "× 1" in talk.say("only one of them", "return_request", quantity=1)
    talk.say("yes", "affirm")
    assert returned() == {"towel": 1}


@pytest.mark.parametrize(
    "text",
    ["return the mic and one towel", "我要退麦克风和1条浴巾", "麦克风、一条浴巾都退"],
)
def test_several_items_go_back_together(talk: TalkTo, text: str) -> None:
    talk.say(text, "return_request", product="microphone")
    talk.say("yes", "affirm")
    assert returned() == {"microphone": 1, "towel": 1}


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("the mic", "microphone"),
        ("microphones", "microphone"),
        ("麦克风", "microphone"),
        ("毛巾", "towel"),
        ("浴巾", "towel"),
        ("洁面", "cleanser"),
        ("充电宝", "bank"),
        ("4", "bank"),
    ],
)
def test_an_item_is_named_in_words(talk: TalkTo, text: str, item: str) -> None:
    talk.say("I want to return something", "return_request")
    talk.say(text, "return_request")
    talk.say("yes", "affirm")
    assert list(returned()) == [item]


@pytest.mark.parametrize(
    "text",
    [
        "all of them",
        "all items",
        "return everything",
        "都退",
        "全部退掉",
        "退全部",
    ],
)
def test_all_can_be_said_in_many_ways(talk: TalkTo, text: str) -> None:
    talk.say("I want to return something", "return_request")
    talk.say(text, "return_request")
    talk.say("yes", "affirm")
    assert returned() == {"towel": 2, "cleanser": 1, "microphone": 1, "bank": 1}


@pytest.mark.parametrize("text", ["both", "两个都退"])
def test_both_are_two_and_no_more(talk: TalkTo, order: Order, text: str) -> None:
    talk.say("I want to return something", "return_request")
    talk.say(text, "return_request")
    assert talk.state["tasks"][0]["asked"] == "items"
    for line in order.lines.all()[2:]:
        line.delete()
    talk.say(text, "return_request")
    talk.say("yes", "affirm")
    assert returned() == {"towel": 2, "cleanser": 1}


@pytest.mark.parametrize("text", ["that's all", "not at all", "yes", "好", "hm"])
def test_what_names_nothing_is_asked_again_in_other_words(
    talk: TalkTo, text: str
) -> None:
    talk.say("I want to return something", "return_request")
    assert "say “all items”" in talk.say(text, "return_request")
    assert talk.state["tasks"][0]["asked"] == "items"


def test_the_goods_tell_which_order_is_meant(talk: TalkTo, anna: Customer) -> None:
    factories.delivered_order(anna)
    asked = talk.say("return the cleanser", "return_request", product="cleanser")
    assert "Amino acid cleanser" in asked
    talk = TalkTo(anna, "zh")
    assert "桌面麦克风" in talk.say("麦克风要退", "return_request", product="麦克风")


def test_an_open_return_is_told_and_a_question_about_it_answered(
    talk: TalkTo, anna: Customer
) -> None:
    factories.entry("Where do I send it?", "To our warehouse.")
    talk.say("return everything", "return_request")
    talk.say("all", "return_request")
    talk.say("yes", "affirm")
    told = talk.say("return it", "return_request")
    assert "is requested" in told
    assert talk.say("Where do I send it?", "return_request") == "To our warehouse."
