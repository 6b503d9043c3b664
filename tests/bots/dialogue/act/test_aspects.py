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
    battery = aspects.asked("how long does the battery last")
    told = aspects.facts(ATTRIBUTES, "en", battery)
    assert told == [{"name": "run time", "value": "8 h"}]


def test_names_and_values_are_in_the_language() -> None:
    [weight] = aspects.facts(ATTRIBUTES, "zh", aspects.asked("多重"))
    assert weight == {"name": "重量", "value": "1 公斤"}
    assert aspects.named("odd", "zh") == "odd"


@pytest.mark.parametrize("question", ["How MUCH is it", "is it in stock", "有现货吗"])
def test_price_and_stock_are_asked_for(question: str) -> None:
    assert aspects.is_price_or_stock(question)
    assert not aspects.is_price_or_stock("is it heavy")
