"""The measures rise with what question and entry have in common."""

import numpy as np
import pytest

from kb.retrieval.keyword import Document, Index, Question, analyse, ask
from kb.retrieval.space import Vocabulary

FAQS = (
    Document(phrases=("How much is shipping?",), context=("It is free from 99.",)),
    Document(phrases=("How do I return it?", "send back"), context=("Within 7 days.",)),
    Document(phrases=("发票怎么开？", "要收据"), context=("在订单里申请。",)),
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
    assert measures.shape == (4, 3)
    assert measures.min() >= 0
    assert measures.max() <= 1.001
    assert np.allclose(measures[1:3, 0], 1)


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
    assert old.measures(ask("发票 return receipt")).shape == (4, 1)


def test_a_question_of_signs_only_is_empty() -> None:
    assert ask("😀 …?!").empty
    assert isinstance(ask("hello"), Question)
