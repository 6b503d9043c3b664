"""A pointer learns where a span begins and ends, and when there is none."""

import pytest

from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.slots import shop, span_cues
from bots.dialogue.understand.slots.found import Found, without
from bots.dialogue.understand.slots.pointer import Pointer
from bots.dialogue.understand.slots.pointer_learning import Marked, train
from bots.dialogue.understand.slots.span_cues import Cues, Told

_GOODS = ("kettle", "lamp", "desk", "mug", "tent")
_WISHES = ("return the {}, it leaks", "is the {} here", "send the {} back")


def _cues(text: str, taken: str = "") -> Cues:
    said = read(text)
    start = said.folded.find(taken)
    gone = Found(value=taken, start=start, end=start + len(taken))
    told = Told(said=said, rest=without(said, [gone]), intent="", words=shop.general())
    return span_cues.read(told, None)


def _marked(text: str, word: str) -> Marked:
    start = text.find(word)
    return _cues(text), [(start, start + len(word))]


@pytest.fixture(scope="module")
def pointer() -> Pointer:
    told = [_marked(wish.format(word), word) for wish in _WISHES for word in _GOODS]
    nothing: list[Marked] = [(_cues(text), []) for text in ("hello", "it leaks")]
    return train(told + nothing * 3, longest=5)


def test_a_word_that_was_never_seen_is_found_by_its_place(pointer: Pointer) -> None:
    assert pointer.best(_cues("return the blorb, it leaks")) == (11, 16)


@pytest.mark.parametrize("text", ["it leaks", "hello", ""])
def test_there_may_be_nothing(pointer: Pointer, text: str) -> None:
    assert pointer.best(_cues(text)) is None


def test_no_span_is_longer_than_allowed() -> None:
    words = "return the kettle and lid back"
    found = train([_marked(words, "kettle and lid")] * 4, longest=2, doubt=-1e6)

    start, end = found.best(_cues(words)) or (0, 0)

    assert len(words[start:end].split()) <= 2


def test_what_was_taken_out_is_one_token() -> None:
    cues = _cues("cancel so100163 now", taken="so100163")

    assert cues.places == [(0, 6), (7, 15), (16, 19)]
    assert "Iw#" in cues.inside[1]


def test_a_space_beside_chinese_is_a_pause_as_a_comma_is() -> None:
    assert [cues.inside[2][0] for cues in map(_cues, ("退货 太大", "退货，太大"))] == [
        "Iw,",
        "Iw,",
    ]


def test_a_long_message_is_read_in_bounded_time() -> None:
    assert len(_cues("太大了 " * 190).places) == 150
