"""The tables of the public sets, one after the other."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from bots.dialogue.understand import sentiment
from bots.dialogue.understand.normalise import read
from bots.evaluation.scores import auroc, caught, mean
from bots.evaluation.sets import (
    INTENTS,
    OUTSIDE,
    IntentSet,
    Part,
    read_pairs,
    read_part,
    read_reviews,
)
from bots.evaluation.systems import Answers, Desk, answers, folded
from kb.encoders import encoder_for

SEED = 0
_FOLDS = 5
_REVIEWS = 2000
_HEAD = f"{'system':32}{'in scope':>10}{'AUROC':>8}{'at 5 %':>8}{'at 20 %':>8}"


def tables(folder: Path, kept: Path) -> dict[str, Callable[[], Iterator[str]]]:
    """Return what yields the lines of each table, by the name of its set."""
    found: dict[str, Callable[[], Iterator[str]]] = {}
    for one in INTENTS:
        if (folder / one.train).exists():
            found[one.name] = lambda one=one: _intents(folder, one, kept)  # type: ignore[misc]
    pairs = folder / "zh_question_pairs" / "eval.csv"
    if pairs.exists():
        found["zh_question_pairs"] = lambda: _pairs(pairs)
    reviews = folder / "online_shopping_10_cats" / "train.csv"
    if reviews.exists():
        found["online_shopping_10_cats"] = lambda: _reviews(reviews)
    return found


def _intents(folder: Path, one: IntentSet, kept: Path) -> Iterator[str]:
    encoder = encoder_for(one.language)
    desk = Desk(encoder=encoder, folder=kept, language=one.language)
    part = read_part(folder / one.train)
    yield _HEAD
    for system, *figures in one.known:
        yield _row(system, figures)
    if not one.test:
        yield from _folded(part, desk)
        return
    test = read_part(folder / one.test)
    yield f"{len(part.texts)} to train on, {len(test.texts)} to test"
    for answered in answers(part, test.texts, desk):
        yield _row(answered.system, _figures(test, answered))


def _figures(test: Part, answered: Answers) -> list[float]:
    inside = np.array([label != OUTSIDE for label in test.labels])
    right = np.array(
        [a == b for a, b in zip(answered.labels, test.labels, strict=True)]
    )
    figures = [float(right[inside].mean())]
    if inside.all():
        return [*figures, float("nan"), float("nan"), float("nan")]
    scores = answered.scores
    return [
        *figures,
        auroc(scores, inside),
        caught(scores, inside, 0.05),
        caught(scores, inside, 0.2),
    ]


def _folded(part: Part, desk: Desk) -> Iterator[str]:
    """Yield the mean accuracy of each system over folds of the part."""
    yield f"{len(part.texts)} in {_FOLDS} folds, seed {SEED}"
    order = np.random.default_rng(SEED).permutation(len(part.texts))
    hits: dict[str, list[float]] = {}
    for at in range(_FOLDS):
        held = set(order[at::_FOLDS].tolist())
        kept = _chosen(part, [i for i in order.tolist() if i not in held])
        test = _chosen(part, sorted(held))
        for answered in answers(kept, test.texts, desk):
            hits.setdefault(answered.system, []).append(_figures(test, answered)[0])
    for system, found in hits.items():
        yield _row(system, [mean(found)])


def _chosen(part: Part, places: list[int]) -> Part:
    return Part(
        texts=[part.texts[i] for i in places], labels=[part.labels[i] for i in places]
    )


def _row(system: str, figures: list[float]) -> str:
    shown = "".join(
        f"{'–' if value != value else f'{value:.3f}':>{10 if at == 0 else 8}}"
        for at, value in enumerate(figures)
    )
    return f"{system:32}{shown}"


def _pairs(file: Path) -> Iterator[str]:
    """Yield how well likeness tells same questions from others."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = list(read_pairs(file))
    firsts = [folded(a) for a, _, _ in rows]
    seconds = [folded(b) for _, b, _ in rows]
    same = np.array([told for _, _, told in rows])
    weigh = TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit(firsts)
    likeness = weigh.transform(firsts).multiply(weigh.transform(seconds)).sum(1)
    yield f"{len(rows)} pairs: AUROC of same against not the same"
    yield _row("TF-IDF of characters", [auroc(np.asarray(likeness).ravel(), same)])
    encoder = encoder_for("zh")
    if encoder:
        near = (encoder.encode(firsts) * encoder.encode(seconds)).sum(1)
        yield _row("Chinese encoder", [auroc(near.astype(float), same)])


def _reviews(file: Path) -> Iterator[str]:
    """Yield how many reviews' mood is told as the product tells that of messages."""
    part = read_reviews(file)
    chosen = np.random.default_rng(SEED).permutation(len(part.texts))[:_REVIEWS]
    names = {"1": "positive", "0": "negative"}
    wanted = [names[part.labels[i]] for i in chosen]
    found = [sentiment.judge(read(part.texts[i]).folded, frozenset()) for i in chosen]
    told = [a == b for a, b in zip(found, wanted, strict=True) if a != "neutral"]
    yield f"{len(chosen)} reviews, seed {SEED}; neutral is no answer"
    yield _row("ours, of those answered", [mean(told)])
    yield _row("answered", [len(told) / len(chosen)])
