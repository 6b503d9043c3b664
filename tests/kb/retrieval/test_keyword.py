"""The measures rise with what question and entry have in common."""

import numpy as np
import pytest

from kb.retrieval.keyword import Document, Index, Question, analyse, ask
from kb.retrieval.space import Vocabulary

FAQS = (
    Document(
        questions=("How much is shipping?",),
        variants=(),
        context=("It is free from 99.",),
    ),
    Document(
        questions=("How do I return it?",),
        variants=("send back",),
        context=("Within 7 days.",),
    ),
    Document(
        questions=("发票怎么开？",), variants=("要收据",), context=("在订单里申请。",)
    ),
)


@pytest.fixture
def index() -> Index:
    words = Vocabulary()
    return Index([analyse(document, words) for document in FAQS], words)


@pytest.mark.parametrize(
    ("text", "best"),
    [("postage cost", 0), ("can it be sent back", 1), ("能给我开发票吗", 2)],
)
def test_the_entry_that_means_it_is_first(index: Index, text: str, best: int) -> None:
    assert int(index.measures(ask(text)).sum(axis=0).argmax()) == best


def test_measures_are_shares(index: Index) -> None:
    measures = index.measures(ask("How much is shipping?"))
    assert measures.shape == (6, 3)
    assert measures.min() >= 0
    assert measures.max() <= 1.001
    assert np.allclose(measures[1:3, 0], 1)


def test_the_question_and_all_phrases_are_measured_apart(index: Index) -> None:
    *_, named, devoted = index.measures(ask("收据"))[:, 2]
    assert named > 0
    best = index.measures(ask("要收据"))[:, 2]
    assert best[1] == pytest.approx(1)
    assert best[5] == pytest.approx((best[1] + best[4]) / 2)
    assert devoted <= 1


def test_nothing_known_measures_nothing(index: Index) -> None:
    assert not index.measures(ask("xyzzy")).any()


def test_coverage_tells_what_is_unknown(index: Index) -> None:
    covered, unknown = index.coverage(ask("shipping to Mars"), 0)
    assert 0 < covered < 1
    assert unknown > 0.3


def test_an_index_does_not_see_words_that_came_later() -> None:
    words = Vocabulary()
    old = Index([analyse(FAQS[0], words)], words)
    Index([analyse(document, words) for document in FAQS], words)
    assert old.measures(ask("发票 return receipt")).shape == (6, 1)


def test_a_question_of_signs_only_is_empty() -> None:
    assert ask("😀 …?!").empty
    assert isinstance(ask("hello"), Question)
