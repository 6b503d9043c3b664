"""Follow-ups about what was shown: cheaper, compared, in another size."""

from decimal import Decimal

import pytest

from orders.models import Product
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


def made(en: str, zh: str, price: str, *options: dict[str, str]) -> Product:
    product = factories.product(
        {"en": en, "zh": zh}, category="bottles", attributes={"hot": {"en": "12 h"}}
    )
    for one in options or ({},):
        factories.variant(product, price=Decimal(price), options=one)
    return product


@pytest.fixture
def steel() -> Product:
    return made(
        "Steel bottle", "钢保温杯", "129", {"capacity": "500ml"}, {"capacity": "750ml"}
    )


@pytest.fixture
def glass() -> Product:
    return made("Glass bottle", "玻璃杯", "49", {"capacity": "300ml"})


@pytest.fixture
def talk(steel: Product, glass: Product) -> TalkTo:
    return TalkTo()


@pytest.mark.parametrize(
    ("language", "text"), [("en", "anything cheaper?"), ("zh", "便宜点的")]
)
def test_cheaper_ones_of_its_kind_are_shown(
    talk: TalkTo, glass: Product, language: str, text: str
) -> None:
    talk.language = language
    talk.say("steel bottle", "product_question", product="steel bottle")
    talk.say(text, "promotion_query")
    assert talk.values == [f"product:{glass.ref}"]


def test_the_cheapest_has_nothing_below_it(talk: TalkTo) -> None:
    talk.say("glass bottle", "product_question", product="glass bottle")
    told = talk.say("a cheaper one", "promotion_query")
    assert "Glass bottle (¥49.00) is the cheapest" in told


@pytest.mark.parametrize("text", ["which is cheaper?", "哪个便宜"])
def test_which_is_cheaper_is_asked_of_the_list(
    talk: TalkTo, glass: Product, text: str
) -> None:
    talk.say("bottles", "product_search", product="bottle")
    assert len(talk.values) == 2
    talk.say(text, "promotion_query")
    assert talk.values == [f"product:{glass.ref}"]


def test_cheaper_than_nothing_is_asked_about(talk: TalkTo, steel: Product) -> None:
    talk.say("steel bottle", "product_question", product="steel bottle")
    Product.objects.filter(pk=steel.pk).update(active=False)
    assert "Which product" in talk.say("cheaper", "promotion_query")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "what is the difference between the steel bottle and the glass bottle?"),
        ("zh", "钢保温杯和玻璃杯有什么区别"),
    ],
)
def test_two_are_compared_by_showing_both(
    talk: TalkTo, language: str, text: str
) -> None:
    talk.language = language
    told = talk.say(text, "product_question")
    for price in ("¥129.00", "¥49.00"):
        assert price in told


def test_it_is_compared_with_another(talk: TalkTo) -> None:
    talk.say("steel bottle", "product_question", product="steel bottle")
    told = talk.say("compare it with the glass bottle", "product_question")
    assert told.index("Steel bottle") < told.index("Glass bottle")


def test_a_comparison_of_one_is_a_question_about_it(talk: TalkTo) -> None:
    told = talk.say("is it better?", "product_question", product="glass bottle")
    assert "Glass bottle" in told
    assert "Steel" not in told


def test_an_option_alone_is_about_the_product_shown_last(talk: TalkTo) -> None:
    talk.language = "zh"
    talk.say("钢保温杯多少钱", "product_question", product="钢保温杯")
    told = talk.say("750毫升的呢", "chitchat", options={"capacity": "750毫升"})
    assert "有的，钢保温杯（750毫升）有货" in told
    told = talk.say("and 2 litres?", "chitchat", options={"capacity": "2 litres"})
    assert "没有“2 litres”" in told


def test_the_options_tell_which_of_several_is_meant(talk: TalkTo) -> None:
    told = talk.say(
        "a bottle of 300ml?",
        "product_question",
        product="bottle",
        options={"capacity": "300ml"},
    )
    assert "Glass bottle in 300ml in stock" in told


def test_a_price_is_told_though_it_was_not_understood(talk: TalkTo) -> None:
    told = talk.say("glass bottle how much now", "out_of_scope")
    assert "¥49.00" in told


def test_a_price_alone_is_said_to_the_list(talk: TalkTo) -> None:
    lamp = factories.product({"en": "Lamp", "zh": "台灯"}, category="lamps")
    factories.variant(lamp, price=Decimal(20))
    talk.say("bottles", "product_search", product="bottle")
    told = talk.say("at most 50", "product_question", price_max=50)
    assert "Glass bottle" in told
    assert "Steel bottle" not in told
    assert "Lamp" not in told
