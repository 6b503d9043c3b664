"""Messages of several questions come apart, those of one stay whole."""

import pytest

from kb.retrieval.clauses import LONGEST, MOST, joined, listed, sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [""]),
        ("？？？", ["？？？"]),
        ("运费", ["运费"]),
        ("Where is my order. I want my money.", None),
        ("运费多少？能货到付款吗？", ["运费多少？", "能货到付款吗？"]),
        ("Is it new? Do you ship it?", ["Is it new?", "Do you ship it?"]),
        ("保修多久。发票怎么开", ["保修多久。", "发票怎么开"]),
        # What is told goes with the question after it, or with the last.
        (
            "They pinch. Can I exchange the shoes? Do you refund postage? Thanks!",
            [
                "They pinch. Can I exchange the shoes?",
                "Do you refund postage? Thanks!",
            ],
        ),
        # What cannot stand alone stays with the question before it.
        ("Do you ship to Rome? How much?", None),
        ("怎么退货？多久？", None),
    ],
)
def test_sentences(text: str, found: list[str] | None) -> None:
    assert sentences(text) == (found or [text])


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "how long is the warranty and do you ship to Japan?",
            ["how long is the warranty", "do you ship to Japan?"],
        ),
        ("退货怎么弄还有多久退款", ["退货怎么弄", "多久退款"]),
        ("运费多少，另外可以寄香港吗", ["运费多少", "可以寄香港吗"]),
        ("Do you ship to Canada and Japan?", None),
        ("How long does delivery take, and how much is it?", None),
        ("你好，请问运费多少", None),
        ("7天后退货，可以吗", None),
    ],
)
def test_joined(question: str, parts: list[str] | None) -> None:
    assert joined(question) == (parts or [question])


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("return policy and shipping cost?", ["return policy", "shipping cost?"]),
        ("warranty, invoice", ["warranty", "invoice"]),
        ("运费和发票", ["运费", "发票"]),
        ("运费", ["运费"]),
        ("a, b, c, d, e", []),
        ("", []),
    ],
)
def test_listed(question: str, parts: list[str]) -> None:
    assert listed(question) == parts


def test_their_number_is_bounded_and_nothing_is_lost() -> None:
    text = "运费多少？" * 40
    assert len(sentences(text)) == MOST
    assert "".join(sentences(text)) == text
    text = "，".join(["运费多少"] * 40)
    assert len(joined(text)) == MOST
    assert "，".join(joined(text)) == text
    assert len("".join(sentences("a? " * LONGEST))) <= LONGEST
