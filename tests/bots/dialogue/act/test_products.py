"""Products: found, shown with price and stock, asked about, never invented."""

from decimal import Decimal

import pytest

from orders.models import Product, Variant
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


@pytest.fixture
def shoe() -> Product:
    """In black and white, the white one sold out."""
    shoe = factories.product(
        name={"en": "Running shoe", "zh": "轻跑鞋"},
        description={"en": "Light and soft.", "zh": "轻便柔软。"},
        attributes={
            "weight": {"en": "210 g"},
            "upper": {"en": "mesh", "zh": "网布"},
            "shelf_life": {"en": "2 years", "zh": "两年"},
        },
        image="https://shop.example/shoe.jpg",
        url="https://shop.example/shoe",
    )
    for color, size, stock, price in (
        ("black", "42", 3, "399.00"),
        ("white", "42", 0, "429.00"),
    ):
        options = {"color": color, "size": size}
        factories.variant(shoe, options=options, stock=stock, price=Decimal(price))
    return shoe


@pytest.fixture
def kettle() -> Product:
    kettle = factories.product(name={"en": "Travel kettle", "zh": "旅行电水壶"})
    factories.variant(kettle, price=Decimal("99.00"))
    return kettle


@pytest.fixture
def talk(shoe: Product, kettle: Product) -> TalkTo:
    return TalkTo()


@pytest.fixture
def zh(shoe: Product, kettle: Product) -> TalkTo:
    return TalkTo(language="zh")


def test_what_fits_is_shown_with_price_and_stock(talk: TalkTo, shoe: Product) -> None:
    told = talk.say("running shoes", "product_search", product="running shoe")
    assert "Running shoe — ¥399.00" in told
    assert "in stock" in told
    assert "kettle" not in told


def test_the_same_in_chinese(zh: TalkTo) -> None:
    told = zh.say("有跑鞋吗", "product_search", product="跑鞋")
    assert "轻跑鞋" in told
    assert "有货" in told


def test_each_find_has_its_card_and_its_button(talk: TalkTo, shoe: Product) -> None:
    talk.say("running shoes", "product_search", product="running shoe")
    card = talk.told.replies[0].cards[0]
    assert (card.title, card.url) == ("Running shoe", shoe.url)
    assert card.image == shoe.image
    assert talk.values == [f"product:{shoe.ref}"]


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ({"price_max": "100"}, "Travel kettle"),
        ({"price_min": "300"}, "Running shoe"),
        ({"price_max": "1"}, "found nothing"),
    ],
)
def test_the_price_is_kept_to(talk: TalkTo, bounds: dict[str, str], found: str) -> None:
    told = talk.say("something", "product_search", **bounds)
    assert found in told
    assert len(talk.buttons) == 1


def test_a_sold_out_product_is_shown_where_nothing_else_fits(
    talk: TalkTo, kettle: Product
) -> None:
    Variant.objects.filter(product=kettle).update(stock=0)
    told = talk.say("a kettle", "product_search", product="kettle")
    assert "Travel kettle" in told
    assert "sold out" in told


def test_where_nothing_fits_a_person_is_offered(talk: TalkTo) -> None:
    assert "found nothing" in talk.say("drone", "product_search", product="drone")
    assert talk.values == ["human"]


def test_a_pressed_product_tells_all_that_is_known(talk: TalkTo) -> None:
    talk.say("running shoes", "product_search", product="running shoe")
    told = talk.press("Running shoe")
    for fact in ("Light and soft.", "weight: 210 g", "upper: mesh", "¥399.00"):
        assert fact in told


def test_the_same_facts_in_chinese(zh: TalkTo) -> None:
    told = zh.say("跑鞋介绍一下", "product_question", product="轻跑鞋")
    for fact in ("轻便柔软。", "重量: 210 g", "鞋面: 网布", "保质期: 两年"):
        assert fact in told


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("how heavy is the running shoe", "weight: 210 g"),
        ("what is the running shoe made of", "upper: mesh"),
        ("how much is the running shoe", "¥399.00 to ¥429.00"),
        ("is the running shoe in stock", "In stock: black / 42"),
    ],
)
def test_what_is_asked_is_answered_and_nothing_else(
    talk: TalkTo, question: str, answer: str
) -> None:
    told = talk.say(question, "product_question", product="running shoe")
    assert answer in told
    assert "Light and soft." not in told


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("轻跑鞋多重", "重量: 210 g"),
        ("轻跑鞋是什么材质的", "鞋面: 网布"),
        ("轻跑鞋多少钱", "¥399.00"),
        ("轻跑鞋有货吗", "黑色 / 42"),
    ],
)
def test_what_is_asked_in_chinese_is_answered(
    zh: TalkTo, question: str, answer: str
) -> None:
    assert answer in zh.say(question, "product_question", product="轻跑鞋")


def test_what_the_catalogue_does_not_say_is_not_invented(talk: TalkTo) -> None:
    told = talk.say(
        "is the running shoe waterproof?", "product_question", product="running shoe"
    )
    assert "does not say that" in told
    assert "weight: 210 g" in told
    assert talk.values == ["human"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"color": "black"}, "Yes, we have Running shoe in black in stock (¥399.00)"),
        ({"color": "white"}, "in white in stock at the moment"),
        ({"color": "pink"}, "do not have Running shoe in pink"),
        ({"size": "42"}, "in 42 in stock"),
        ({"size": "size 42", "color": "Black"}, "in stock"),
    ],
)
def test_options_are_looked_up(
    talk: TalkTo, options: dict[str, str], words: str
) -> None:
    question = "do you have the running shoe in that?"
    told = talk.say(
        question, "product_question", product="running shoe", options=options
    )
    assert words in told


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"color": "黑色"}, "有货"),
        ({"color": "白"}, "暂时缺货"),
        ({"color": "粉色"}, "黑色 / 42"),
        ({"size": "42码"}, "有货"),
    ],
)
def test_options_are_looked_up_in_chinese(
    zh: TalkTo, options: dict[str, str], words: str
) -> None:
    told = zh.say("有吗", "product_question", product="轻跑鞋", options=options)
    assert words in told


def test_the_options_there_are_are_named(talk: TalkTo) -> None:
    told = talk.say(
        "in pink?", "product_question", product="running shoe", options={"c": "pink"}
    )
    assert "black / 42, white / 42" in told


def test_it_is_about_the_product_shown_last(talk: TalkTo) -> None:
    talk.say("running shoes", "product_search", product="running shoe")
    assert "210 g" in talk.say("how heavy is it?", "product_question")


def test_another_product_can_be_named_then(talk: TalkTo) -> None:
    talk.say("running shoes", "product_search", product="running shoe")
    told = talk.say("how much is the kettle?", "product_question", product="kettle")
    assert "Travel kettle: ¥99.00" in told


def test_where_several_are_meant_it_is_asked_which(talk: TalkTo) -> None:
    for color in ("red", "blue"):
        factories.variant(factories.product(f"Desk lamp {color}"))
    talk.say("is the desk lamp heavy?", "product_question", product="desk lamp")
    assert len(talk.buttons) == 2


def test_where_none_is_meant_it_is_asked_which(talk: TalkTo) -> None:
    told = talk.say("is the drone heavy?", "product_question", product="drone")
    assert "Which product" in told


def test_a_product_that_is_sold_no_more_is_not_answered_about(
    talk: TalkTo, shoe: Product
) -> None:
    talk.say("running shoes", "product_search", product="running shoe")
    shoe.active = False
    shoe.save()
    assert "210 g" not in talk.press("Running shoe")


def test_options_asked_for_are_preferred_in_a_list(talk: TalkTo, shoe: Product) -> None:
    other = factories.product(name={"en": "Running shoe two", "zh": "跑鞋二"})
    factories.variant(other, options={"color": "red"})
    talk.say(
        "red running shoes",
        "product_search",
        product="running shoe",
        options={"color": "red"},
    )
    assert talk.values == [f"product:{other.ref}"]


def test_what_its_name_says_is_no_option(talk: TalkTo) -> None:
    fryer = factories.product(name={"en": "Air fryer 5 L", "zh": "空气炸锅5L"})
    factories.variant(fryer, options={"color": "white"}, price=Decimal("459.00"))
    told = talk.say(
        "price of the air fryer 5 L",
        "product_question",
        product="air fryer 5 L",
        options={"capacity": "5 L"},
    )
    assert "¥459.00" in told


def test_a_size_is_read_as_the_catalogue_writes_it(talk: TalkTo) -> None:
    slide = factories.product(name={"en": "Slide", "zh": "拖鞋"})
    factories.variant(slide, options={"size": "40-41"}, stock=2)
    factories.variant(slide, options={"size": "42-43"}, stock=0)
    told = talk.say(
        "slide in 40-41?", "product_question", product="slide", options={"size": "41"}
    )
    assert "Yes, we have" in told
