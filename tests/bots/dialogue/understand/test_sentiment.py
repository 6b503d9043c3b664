"""Anger, joy, and ordinary questions."""

from pathlib import Path

import pytest

from bots.dialogue.understand.normalise import fold
from bots.dialogue.understand.sentiment import judge

_NONE: frozenset[str] = frozenset()
_LINES = Path(__file__).parent / "feelings"
# Measured .95 and more, less a margin.
_FLOOR = 0.9


@pytest.mark.parametrize(
    "text",
    [
        "your service is terrible",
        "I am not happy with this",
        "what a waste of money",
        "this is the third time I ask",
        "你们太过分了",
        "什么破店",
        "客服态度很差",
        "气死我了",
        "this shop is a joke",
        "1 out of 5 from me",
    ],
)
def test_displeasure_is_negative(text: str) -> None:
    assert judge(fold(text), _NONE) == "negative"


@pytest.mark.parametrize(
    "text",
    [
        "love the new bag",
        "not bad, very pleased",
        "质量很好，很喜欢",
    ],
)
def test_pleasure_is_positive(text: str) -> None:
    assert judge(fold(text), _NONE) == "positive"


@pytest.mark.parametrize(
    "text",
    [
        "where is my order",
        "know any good joke",
        "3 out of 5",
        "is the blue one good for running?",
        "I want to return the shoes",
        "my parcel arrived broken",
        "do you have a nice red dress",
        "这个好用吗",
        "我想退货",
        "快递到哪了",
        "有没有好看的裙子",
    ],
)
def test_what_is_only_asked_or_told_is_neutral(text: str) -> None:
    assert judge(fold(text), _NONE) == "neutral"


def test_thanks_alone_are_positive_and_beside_a_request_manners() -> None:
    thanks = frozenset({"thank"})

    assert judge("thank you so much", thanks) == "positive"
    assert judge("where is it? thanks", thanks | {"order_status"}) == "neutral"


def test_a_complaint_is_negative_without_angry_words() -> None:
    assert judge("nobody called back", frozenset({"complaint"})) == "negative"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("feeling", ["negative", "neutral", "positive"])
def test_feelings_are_told_apart(language: str, feeling: str) -> None:
    lines = (_LINES / language / f"{feeling}.txt").read_text("utf-8").splitlines()
    right = [line for line in lines if judge(fold(line), _NONE) == feeling]

    assert len(lines) > 60
    assert len(right) / len(lines) >= _FLOOR


@pytest.mark.parametrize(
    "text",
    [
        "烂了赔不赔",
        "有没有差评",
        "不满意包退吗",
        "any bad reviews?",
        "is it horrible to wear",
    ],
)
def test_a_question_about_what_may_be_bad_is_neutral(text: str) -> None:
    assert judge(fold(text), _NONE) == "neutral"
