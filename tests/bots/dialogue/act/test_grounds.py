"""Why goods go back, from the words of the reason, in both languages."""

import pytest

from bots.dialogue.act.grounds import ground, problem
from orders.models import Case

Ground = Case.Ground


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("too small", Ground.CHANGED_MIND),
        ("", Ground.CHANGED_MIND),
        ("不喜欢", Ground.CHANGED_MIND),
        ("the screen is cracked", Ground.DAMAGED),
        ("收到就碎了", Ground.DAMAGED),
        ("it stopped working", Ground.DEFECTIVE),
        ("it does not charge", Ground.DEFECTIVE),
        ("开不了机", Ground.DEFECTIVE),
        ("you sent me the wrong item", Ground.WRONG_ITEM),
        ("发错颜色了", Ground.WRONG_ITEM),
        ("not as described", Ground.NOT_AS_DESCRIBED),
        ("和图片不符", Ground.NOT_AS_DESCRIBED),
    ],
)
def test_the_words_tell_the_ground(reason: str, expected: Ground) -> None:
    assert ground(reason) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the cup arrived broken", Ground.DAMAGED),
        ("收到的杯子碎了", Ground.DAMAGED),
        ("you sent me the wrong item", Ground.WRONG_ITEM),
        ("发错货了", Ground.WRONG_ITEM),
        ("my parcel never arrived", Ground.LOST),
        ("one lamp is missing", Ground.LOST),
        ("少了一件", Ground.LOST),
        ("包裹丢了", Ground.LOST),
        ("there is a problem with my order", None),
        ("我的订单有点问题", None),
    ],
)
def test_the_words_tell_what_went_wrong(text: str, expected: Ground | None) -> None:
    assert problem(text) == expected
