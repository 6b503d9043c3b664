"""Slots are marked in training text, and taken out of it."""

import pytest

from bots.dialogue.understand.markup import parse
from bots.dialogue.understand.network_spans import Span


def words(text: str, spans: tuple[Span, ...]) -> dict[str, str]:
    return {span.slot: text[span.start : span.end] for span in spans}


def test_mark_up_is_taken_out() -> None:
    text, spans = parse("把[红色 杯子](product)寄到[上海路1号](address)吧")

    assert text == "把红色 杯子寄到上海路1号吧"
    assert words(text, spans) == {"product": "红色 杯子", "address": "上海路1号"}


@pytest.mark.parametrize(
    "line", ["[图片] 看这个(裂了)", "[x](y)", "[](product)", "a [b", "[b](mood)"]
)
def test_other_brackets_are_text(line: str) -> None:
    assert parse(line) == (line, ())


def test_an_option_is_marked_with_its_name() -> None:
    text, spans = parse("the [red](options.color) one")
    assert words(text, spans) == {"options.color": "red"}
