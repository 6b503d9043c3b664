"""What a question about a product asks for."""

import pytest

from bots.dialogue.act import aspects

ATTRIBUTES = {"run_time": "8 h", "weight": {"en": "1 kg", "zh": "1 公斤"}, "odd": "x"}


def test_every_aspect_can_be_asked_for_in_both_languages() -> None:
    assert aspects.ASPECTS
    for aspect in aspects.ASPECTS:
        assert any(word.isascii() for word in aspect.asked_by)
        assert any(not word.isascii() for word in aspect.asked_by)


@pytest.mark.parametrize("aspect", aspects.ASPECTS)
def test_every_word_asks_for_its_own_aspect(aspect: aspects.Aspect) -> None:
    for word in aspect.asked_by:
        assert aspects.asked(f"So: {word.upper()}?") == aspect


def test_who_asks_for_nothing_known_gets_everything() -> None:
    assert aspects.asked("tell me about it") is None
    assert len(aspects.facts(ATTRIBUTES, "en")) == 3


def test_only_what_answers_is_told() -> None:
    battery = aspects.answering("how long does the battery last", ATTRIBUTES)
    told = aspects.facts(ATTRIBUTES, "en", battery)
    assert told == [{"name": "run time", "value": "8 h"}]


def test_names_and_values_are_in_the_language() -> None:
    heavy = aspects.answering("多重", ATTRIBUTES)
    assert aspects.facts(ATTRIBUTES, "zh", heavy) == [
        {"name": "重量", "value": "1 公斤"}
    ]


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("is it dishwasher safe?", "dishwasher safe"),
        ("can it go in the dishwasher", "dishwasher safe"),
        ("is it 110v compatible", "voltage"),
        ("110伏能用吗", "voltage"),
        ("how many ports", "ports"),
        ("麦克风怎么样", "microphone"),
        ("is it oven-proof?", None),
    ],
)
def test_an_attribute_is_asked_for_by_its_own_name(
    question: str, key: str | None
) -> None:
    known = ("dishwasher safe", "voltage", "ports", "microphone", "hot")
    assert aspects.answering(question, known) == (key and [key])


def test_what_the_catalogue_lacks_answers_nothing() -> None:
    assert aspects.answering("is it waterproof", ["weight"]) == []


@pytest.mark.parametrize("question", ["How MUCH is it", "is it in stock", "有现货吗"])
def test_price_and_stock_are_asked_for(question: str) -> None:
    assert aspects.is_price_or_stock(question)
    assert not aspects.is_price_or_stock("is it heavy")


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("do they run large?", ["fit"]),
        ("鞋子偏小吗", ["fit"]),
        ("能放几升", ["capacity"]),
        ("can I pair both devices", ["multipoint"]),
        ("is it stackable?", ["top"]),
        ("用的是竹子吗", ["base"]),
        ("好看吗", None),
    ],
)
def test_a_few_words_find_the_attribute(question: str, keys: list[str] | None) -> None:
    known = {
        "fit": {"en": "true to size", "zh": "正码"},
        "capacity": "2 L",
        "multipoint": "2",
        "top": {"en": "stackable", "zh": "可叠放"},
        "base": {"en": "bamboo", "zh": "竹子"},
    }
    assert aspects.answering(question, known) == keys


def test_the_products_own_name_asks_for_nothing() -> None:
    known = {"kit": "bottle and brush"}
    assert aspects.answering("tell me of the bottle", known, ["Bottle"]) is None


@pytest.mark.parametrize(
    ("question", "names", "told"),
    [
        (
            "does the bluetooth speaker weigh much",
            ["Pebble bluetooth speaker"],
            "weight",
        ),
        ("降噪真无线耳机有多重", ["静语降噪真无线耳机"], "weight"),
        ("is the waterproof boot waterproof", ["Waterproof boot"], "waterproof"),
    ],
)
def test_part_of_the_products_name_asks_for_nothing(
    question: str, names: list[str], told: str
) -> None:
    attributes = {"bluetooth": "5.3", "noise cancelling": "42 dB", "weight": "1 kg"}
    found = aspects.answering(question, attributes | {"waterproof": "IPX7"}, names)
    assert found == [told]


def test_what_is_charged_is_no_charging() -> None:
    asked = "how much do you charge for it"
    assert aspects.answering(asked, {"charging": "USB-C"}) is None
