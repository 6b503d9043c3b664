"""Haste, insults and danger."""

import pytest

from bots.dialogue.understand.flags import Flags, find
from bots.dialogue.understand.normalise import fold


@pytest.mark.parametrize(
    "text",
    [
        "need it asap",
        "The wedding is tomorrow!",
        "i fly on saturday",
        "急！什么时候能到",
        "明天就要用了",
        "后天结婚，能到吗",
    ],
)
def test_haste_is_heard(text: str) -> None:
    assert find(fold(text)) == Flags(urgent=True)


@pytest.mark.parametrize(
    "text", ["you idiots", "shut up stupid bot", "傻逼客服", "滚蛋"]
)
def test_insults_are_heard(text: str) -> None:
    assert find(fold(text)) == Flags(abusive=True)


@pytest.mark.parametrize(
    "text", ["i want to die", "不想活了", "我要砍死你们", "I will find you"]
)
def test_danger_is_heard(text: str) -> None:
    assert find(fold(text)).danger


@pytest.mark.parametrize(
    "text",
    [
        "where is my order",
        "no rush, next week is fine",
        "不急，慢慢来",
        "跳楼价是真的吗",
        "do you sell bath bombs",
        "我妈的快递到了吗",
        "笑死我了",
        "加急要多少钱",
    ],
)
def test_ordinary_words_raise_no_flag(text: str) -> None:
    assert find(fold(text)) == Flags()
