"""Telegram: long messages are cut where a reader would, and lose nothing."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bots.channels.telegram.characters import clean, units
from bots.channels.telegram.parts import parts, rows, split
from bots.messages import Button, Card, Outgoing


@hypothesis_settings(deadline=None, database=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=()), max_size=40),
            st.integers(1, 4000),
        ),
        max_size=8,
    ).map(lambda pairs: "".join(text * times for text, times in pairs)[:40_000])
)
def test_parts_fit_and_read_the_same(text: str) -> None:
    at, whole = 0, clean(text)
    for part in parts(Outgoing(to="1", text=text)):
        assert part.plain.strip()
        assert units(part.plain) <= 4096
        found = whole.index(part.plain, at)
        assert not whole[at:found].strip()
        at = found + len(part.plain)
    assert not whole[at:].strip()


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("a" * 3000 + "\n\n" + "b. " * 1000, [3000, 2999]),
        ("a" * 2500 + ". " + "b" * 2500, [2501, 2500]),
        ("字" * 3000 + "。" + "字" * 3000, [3001, 3000]),
        ("a" * 3000 + " " + "b" * 3000, [3000, 3000]),
        ("a" * 5000, [4096, 904]),
        ("x" + "😀" * 3000, [2048, 953]),
        ("line\n\n" + "a" * 5000, [4096, 910]),
    ],
)
def test_cut_is_made_at_the_best_place(text: str, lengths: list[int]) -> None:
    assert [len(piece) for piece in split(text)] == lengths


def test_card_is_a_bold_link() -> None:
    card = Card(title="Lamp <3>", subtitle="€ 20 & up", url='https://shop.test/?a="b"')
    [part] = parts(Outgoing(to="1", text="Look:", cards=(card,)))
    assert part.html == (
        'Look:\n\n<a href="https://shop.test/?a=&quot;b&quot;"><b>Lamp &lt;3&gt;</b></a>'
        "\n€ 20 &amp; up"
    )
    assert part.plain == 'Look:\n\nLamp <3>\n€ 20 & up\nhttps://shop.test/?a="b"'


def test_cards_are_never_cut() -> None:
    cards = tuple(
        Card(
            title=f"Lamp {number}",
            subtitle="s" * 500,
            url="https://shop.test/" + "p" * 500,
        )
        for number in range(20)
    )
    cut = parts(Outgoing(to="1", text="t" * 4000, cards=cards))
    assert len(cut) == 8
    assert all(part.html.count("<a ") == part.html.count("</a>") for part in cut)


def test_card_too_long_goes_as_text() -> None:
    card = Card(title="Lamp", subtitle="word " * 2000, url="https://shop.test/")
    cut = parts(Outgoing(to="1", text="", cards=(card,)))
    assert len(cut) == 3
    assert cut[-1].plain.endswith("https://shop.test/")


@pytest.mark.parametrize(
    ("labels", "lengths"),
    [
        ([], []),
        (["Yes", "No"], [2]),
        (["1", "2", "3", "4", "5", "6", "7", "8", "9"], [8, 1]),
        (["Cancel my order", "Change the address", "Ask"], [1, 1, 1]),
        (["取消订单", "修改地址", "转人工客服"], [3]),
        (["我要取消这张订单吧", "不"], [1, 1]),
    ],
)
def test_buttons_share_a_row_while_they_can_be_read(
    labels: list[str], lengths: list[int]
) -> None:
    laid_out = rows([Button(label=label, value=label) for label in labels])
    assert [len(row) for row in laid_out] == lengths
