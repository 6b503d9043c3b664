"""Sentiment on public sets and on ordinary questions, beside a plain baseline."""

import csv
import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.sentiment import NEGATIVE, NEUTRAL, POSITIVE, judge

# Set, system, what was measured.
Row = tuple[str, str, str]
Said = list[tuple[str, str]]
Judge = Callable[[list[str]], list[str]]

_REVIEWS = "online_shopping_10_cats"
_TWEETS = "en_customer_sentiment"
_PART = 0.2
_MOST_TESTED = 5_000
_NO_INTENTS: frozenset[str] = frozenset()


def run(directory: Path) -> list[Row]:
    """Return the rows of the sets in `directory`; none where it holds none of them.

    The baseline learns from four fifths of what is there; nothing of ours does.
    """
    rows: list[Row] = []
    for name, reader in ((_REVIEWS, reviews), (_TWEETS, tweets)):
        if (directory / name).is_dir():
            rows += _measured(name, reader(directory / name))
    return rows


def ordinary(texts: Iterable[str]) -> float:
    """Return the share of ordinary shop questions that are called negative."""
    said = ours(list(texts))
    return sum(one == NEGATIVE for one in said) / max(1, len(said))


def ours(texts: list[str]) -> list[str]:
    return [judge(read(text).folded, _NO_INTENTS) for text in texts]


def reviews(folder: Path) -> Said:
    with (folder / "train.csv").open(encoding="utf-8", newline="") as file:
        told = {"1": POSITIVE, "0": NEGATIVE}
        return [(row["review"], told[row["label"]]) for row in csv.DictReader(file)]


def tweets(folder: Path) -> Said:
    with (folder / "train.jsonl").open(encoding="utf-8") as file:
        found = [json.loads(line) for line in file]
    return [(one["text"], one["sentiment"]) for one in found]


def _measured(name: str, said: Said) -> list[Row]:
    random.Random(0).shuffle(said)
    cut = int(len(said) * _PART)
    test, train = said[: min(cut, _MOST_TESTED)], said[cut:]
    rows = [(name, "ours, trained on none of it", _figures(test, ours))]
    baseline = _baseline(train)
    return [*rows, (name, "n-gram LR, trained on it", _figures(test, baseline))]


def _baseline(train: Said) -> Judge:
    model = make_pipeline(
        TfidfVectorizer(
            analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True
        ),
        LogisticRegression(C=5, max_iter=200),
    )
    model.fit([text for text, _ in train], [feeling for _, feeling in train])
    return lambda texts: list(model.predict(texts))


def _figures(test: Said, judged: Judge) -> str:
    found = judged([text for text, _ in test])
    pairs = [(feeling, told) for (_, feeling), told in zip(test, found, strict=True)]
    right = sum(a == b for a, b in pairs) / len(pairs)
    turned = sum({a, b} == {NEGATIVE, POSITIVE} for a, b in pairs) / len(pairs)
    calm = [told for feeling, told in pairs if feeling == NEUTRAL]
    text = f"accuracy {100 * right:.1f}, turned round {100 * turned:.1f}"
    if not calm:
        return text
    wrong = sum(told == NEGATIVE for told in calm) / len(calm)
    return f"{text}, neutral called negative {100 * wrong:.1f}"
