"""The shop's own words for its goods."""

import pytest

from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.slots import extract
from bots.dialogue.understand.slots.gazetteer import Gazetteer
from bots.dialogue.understand.slots.misspelt import Misspelt
from orders import catalogue
from tests.bots.dialogue.understand.said import AT
from tests.factories import product

_ASKS = frozenset({"product_question"})


@pytest.mark.django_db
def test_a_name_of_the_catalogue_is_a_product() -> None:
    product(name={"en": "Trailblazer Snorkel", "zh": "云感浮潜镜"})
    catalogue.forget()

    assert _product("is the trailblazer snorkel in stock") == "trailblazer snorkel"
    assert _product("云感浮潜镜还有吗") == "云感浮潜镜"


@pytest.mark.django_db
def test_a_misspelt_product_is_still_one() -> None:
    assert _product("is the keybord wireless") == "keybord"


def test_the_longest_phrase_counts_and_words_are_not_cut() -> None:
    known = Gazetteer(["tea", "tea pot", "茶", "茶壶"])

    assert list(known.find("tea pot, teak, 茶壶")) == [(0, 7), (15, 17)]


@pytest.mark.parametrize(
    ("word", "meant"),
    [("keybord", "keyboard"), ("jaccket", "jacket"), ("cancle", ""), ("tent", "")],
)
def test_misspellings(word: str, meant: str) -> None:
    assert Misspelt({"keyboard", "jacket", "candle", "tents"}).nearest(word) == meant


def _product(text: str) -> str:
    return str(extract(read(text), _ASKS, "", AT)["product"])
