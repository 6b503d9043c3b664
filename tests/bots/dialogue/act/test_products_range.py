"""What the shop sells at all, and which of a few products come as asked."""

import pytest

from orders import catalogue
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shop() -> None:
    catalogue.forget()
    for name, zh, category, sizes in (
        ("Rain boots", "雨靴", "shoes", ("38", "39")),
        ("Winter boots", "雪地靴", "shoes", ("39", "40")),
        ("Felt hat", "毡帽", "clothing", ("S",)),
    ):
        product = factories.product(
            {"en": name, "zh": zh},
            category=category,
            attributes={"weight": {"en": "1 kg"}},
        )
        for size in sizes:
            factories.variant(product, options={"size": size})


def test_each_category_is_named_with_an_example() -> None:
    talk = TalkTo()
    told = talk.say("what do you sell?", "product_question")
    assert "shoes: Rain boots — ¥99.00" in told
    assert "clothing: Felt hat" in told
    assert len(talk.values) == 2


def test_the_same_in_chinese() -> None:
    told = TalkTo(language="zh").say("你们都卖什么", "product_question")
    assert "鞋靴：" in told
    assert "服装：毡帽" in told


def test_only_what_comes_as_asked_is_listed() -> None:
    talk = TalkTo()
    told = talk.say(
        "any boots in 38?", "product_question", product="boots", options={"size": "38"}
    )
    assert "Yes, we have Rain boots in 38" in told
    assert "Winter" not in told


def test_where_none_comes_as_asked_it_is_said() -> None:
    talk = TalkTo(language="zh")
    told = talk.say(
        "靴子有45码的吗", "product_question", product="靴子", options={"size": "45"}
    )
    assert "雨靴" in told
    assert "38" in told


def test_the_asked_fact_is_told_of_each() -> None:
    told = TalkTo().say("how heavy are the boots", "product_question", product="boots")
    assert told.count("1 kg") == 2
