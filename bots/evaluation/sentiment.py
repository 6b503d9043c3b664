"""Sentiment on public sets: the product's rules beside what is learnt from the sets."""

import csv
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.sentiment import NEGATIVE, NEUTRAL, POSITIVE
from bots.dialogue.understand.store import phrases
from bots.evaluation import questions
from bots.evaluation.sets import read_rows
from bots.evaluation.table import UNKNOWN, head, row

Said = list[tuple[str, str]]
Judge = Callable[[list[str]], list[str]]

SEED = 0
_PART = 0.1
# Displeasure or praise may be meant with these phrases of ours.
_MOODY = frozenset({"complaint", "feedback", "thank", "order_problem"})


def reviews(file: Path) -> Iterator[str]:
    """Yield rows of the Chinese reviews, which are all good or bad."""
    with file.open(encoding="utf-8", newline="") as lines:
        told = {"1": POSITIVE, "0": NEGATIVE}
        said = [(one["review"], told[one["label"]]) for one in csv.DictReader(lines)]
    calm = [text for intent, text in phrases("zh") if intent not in _MOODY]
    ordinary = questions.read_chinese(file.parents[1])
    yield from _lines(said, calm, [t for texts in ordinary.values() for t in texts])


def tweets(file: Path) -> Iterator[str]:
    """Yield rows of what customers wrote to airlines."""
    said = [(one["text"], one["sentiment"]) for one in read_rows(file)]
    calm = [text for intent, text in phrases("en") if intent not in _MOODY]
    ordinary = questions.read_english(file.parents[1])
    yield from _lines(said, calm, [t for texts in ordinary.values() for t in texts])


def _lines(said: Said, calm: list[str], ordinary: list[str]) -> Iterator[str]:
    """`calm` are phrases that count as neutral, `ordinary` are unlike these for a test."""
    random.Random(SEED).shuffle(said)
    cut = int(len(said) * _PART)
    test, train = said[:cut], said[cut:]
    yield f"{len(train)} to train on, {len(test)} to test, seed {SEED}; questions: {len(ordinary)}"
    yield "neutral, questions: the share of these that is called negative"
    yield head("right", "turned", "neutral", "questions")
    yield row(
        "ours, rules that learnt from none", _figures(test, ordinary, questions.ours)
    )
    yield row("n-gram LR", _figures(test, ordinary, _learnt(train)))
    neutral = [(text, NEUTRAL) for text in calm]
    yield row(
        "n-gram LR, our phrases as neutral",
        _figures(test, ordinary, _learnt(train + neutral)),
    )


def _learnt(train: Said) -> Judge:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    pieces = TfidfVectorizer(
        analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True
    )
    model = make_pipeline(pieces, LogisticRegression(C=5, max_iter=200))
    model.fit([read(text).folded for text, _ in train], [told for _, told in train])
    return lambda texts: list(model.predict([read(text).folded for text in texts]))


def _figures(test: Said, ordinary: list[str], judge: Judge) -> list[float]:
    """Return right, good for bad or bad for good, and what is wrongly called negative."""
    found = judge([text for text, _ in test])
    pairs = [(told, one) for (_, told), one in zip(test, found, strict=True)]
    calm = [one for told, one in pairs if told == NEUTRAL]
    return [
        sum(told == one for told, one in pairs) / len(pairs),
        sum({told, one} == {NEGATIVE, POSITIVE} for told, one in pairs) / len(pairs),
        questions.called_negative(calm) if calm else UNKNOWN,
        questions.called_negative(judge(ordinary)) if ordinary else UNKNOWN,
    ]
