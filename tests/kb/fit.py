"""Fits the numbers of kb/retrieval/confidence.py: `python -m tests.kb.fit`.

Two sources, both our own: the "fit" half of the gold questions, and the FAQs' variants.
Each variant is asked with itself taken out (answerable) and with its whole entry taken
out (not answerable, and as near a miss as can be had).
"""

import os
import random
from collections.abc import Iterator
from dataclasses import astuple, fields
from itertools import groupby

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from kb.retrieval import confidence as model
from kb.retrieval.keyword import Document, Index, analyse, ask
from kb.retrieval.space import Vocabulary
from tests.kb.gold import LANGUAGES, Asked, published, questions, ways_to_ask

# A left-out variant counts this much of a gold question: there are many more of them,
# and they are less like what shoppers ask.
VARIANT_WEIGHT = 0.1
FOLDS = 10
# The measures that count for every question come first.
FREE = 4


class Base:
    """An index over a part of the FAQs, each without its phrase number `without`."""

    def __init__(
        self,
        rows: list[dict[str, str]],
        *,
        without: int = -1,
    ) -> None:
        words = Vocabulary()
        documents: dict[str, Document] = {}
        for ref, group in groupby(rows, key=lambda row: row["ref"]):
            texts = list(group)
            documents[ref] = Document(
                questions=tuple(row["question"] for row in texts),
                variants=tuple(
                    phrase
                    for row in texts
                    for i, phrase in enumerate(ways_to_ask(row))
                    if i not in (0, without)
                ),
                context=(texts[0]["category"], *(row["answer"] for row in texts)),
            )
        self.refs = list(documents)
        self.index = Index([analyse(d, words) for d in documents.values()], words)


def left_out(rows: list[dict[str, str]]) -> Iterator[tuple[Base, Asked]]:
    for number in range(1, max(len(ways_to_ask(row)) for row in rows)):
        base = Base(rows, without=number)
        for row in rows:
            if number < len(ways_to_ask(row)):
                yield base, Asked(ways_to_ask(row)[number], row["ref"])


def entry_left_out(rows: list[dict[str, str]]) -> Iterator[tuple[Base, Asked]]:
    refs = sorted({row["ref"] for row in rows})
    random.Random(3).shuffle(refs)
    for fold in range(FOLDS):
        gone = set(refs[fold::FOLDS])
        base = Base([row for row in rows if row["ref"] not in gone])
        for row in rows:
            if row["ref"] in gone:
                for phrase in ways_to_ask(row)[1:]:
                    yield base, Asked(phrase, None)


def features(base: Base, asked: Asked) -> tuple[list[float], bool]:
    """What the confidence is made of, and whether the best entry is the right one."""
    question = ask(asked.query)
    measures = base.index.measures(question)
    scored = model.scores(question, measures)
    seen = model.evidence(base.index, question, measures=measures, scored=scored)
    right = base.refs[int(np.argmax(scored))] == asked.ref
    return [float(value) for value in astuple(seen)], right


def fit_weights(cases: list[tuple[Base, Asked]], counts: np.ndarray) -> None:
    """Weights of the measures by which the right entry comes out on top."""
    known = [
        (
            base.index.measures(ask(asked.query))[:FREE],
            base.refs.index(asked.ref),
            count,
        )
        for (base, asked), count in zip(cases, counts, strict=True)
        if asked.ref is not None
    ]

    def loss(weights: np.ndarray) -> float:
        total = 0.01 * float(weights @ weights)
        for measures, right, count in known:
            scored = np.abs(weights) @ measures
            total -= count * (scored[right] - np.logaddexp.reduce(scored))
        return total

    found = np.abs(minimize(loss, np.full(FREE, 4.0), method="L-BFGS-B").x)
    print("WEIGHTS, free fit:", np.round(found, 2), "in use:", model.WEIGHTS)  # noqa: T201


def main() -> None:
    rows = published()
    whole = Base(rows)
    gold = [(whole, asked) for la in LANGUAGES for asked in questions(la, "fit")]
    positive, negative = list(left_out(rows)), list(entry_left_out(rows))
    cases = [*gold, *positive, *negative]
    counts = np.where(np.arange(len(cases)) < len(gold), 1.0, VARIANT_WEIGHT)
    fit_weights(cases, counts)
    pairs = [features(base, asked) for base, asked in cases]
    x, y = np.array([row for row, _ in pairs]), np.array([right for _, right in pairs])
    fitted = LogisticRegression(C=10).fit(x, y, sample_weight=counts)
    names = [field.name.upper() for field in fields(model.Evidence)]
    print(f"INTERCEPT = {fitted.intercept_[0]:.2f}")  # noqa: T201
    for name, value in zip(names, fitted.coef_[0], strict=True):
        print(f"{name} = {value:.2f}")  # noqa: T201
    thresholds(x, y, counts, [asked for _, asked in gold])


def thresholds(
    x: np.ndarray, y: np.ndarray, counts: np.ndarray, gold: list[Asked]
) -> None:
    """Out-of-fold on the gold questions: what each threshold would let through."""
    n, sure = len(gold), np.zeros(len(gold))
    rest = np.arange(n, len(x))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for train, test in folds.split(x[:n], y[:n]):
        seen = np.r_[train, rest]
        fold = LogisticRegression(C=10).fit(
            x[seen], y[seen], sample_weight=counts[seen]
        )
        sure[test] = fold.predict_proba(x[test])[:, 1]
    answerable = np.array([asked.ref is not None for asked in gold])
    for threshold in np.arange(0.2, 0.71, 0.05):
        over = sure >= threshold
        print(  # noqa: T201
            f"{threshold:.2f}: answered {over[answerable].mean():.2f},"
            f" rightly {(over & y[:n])[answerable].mean():.2f},"
            f" false answers {over[~answerable].mean():.3f}"
        )


if __name__ == "__main__":
    main()
