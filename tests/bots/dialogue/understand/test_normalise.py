"""What was typed, in one shape."""

import pytest

from bots.dialogue.understand.normalise import (
    LONGEST,
    clean,
    fold,
    number,
    read,
    squeeze,
)


def test_marks_and_invisible_characters_go() -> None:
    assert clean("<b>ＡＢ\u200b１２</b>\ud800 ok\x00\r\nx") == "AB12 ok\nx"


@pytest.mark.parametrize("text", ["İstanbul", "ﬀ", "訂單 ABC", "’"])
def test_folding_keeps_the_length(text: str) -> None:
    said = read(text)

    assert len(said.text) == len(said.folded)


def test_traditional_characters_match_simplified() -> None:
    assert fold("訂單還沒發貨") == "订单还没发货"


def test_drawn_out_words_are_cut() -> None:
    assert squeeze("sooooo bad!!!! 啊啊啊啊") == "soo bad! 啊啊"


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("三百", 300),
        ("一百五", 150),
        ("一千零五十", 1050),
        ("两万三", 23000),
        ("一万二", 12000),
        ("12", 12),
        ("two", 2),
    ],
)
def test_numerals(word: str, value: int) -> None:
    assert number(word) == value


@pytest.mark.parametrize("word", ["", "abc", "二百五x", "²"])
def test_what_is_no_numeral(word: str) -> None:
    assert number(word) is None


def test_head_and_tail_of_a_long_message_are_read() -> None:
    text = clean("start " + "x" * 20_000 + " SO100123")

    assert text.startswith("start")
    assert text.endswith("SO100123")
    assert len(text) <= LONGEST
