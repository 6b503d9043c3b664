"""Training the classifier, and calibrating it on phrases that were left out."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from bots.dialogue.understand.classifier import (
    Calibration,
    Classifier,
    Encoder,
    Glance,
    Model,
    Reading,
    Sense,
    Wide,
    scope_of,
    softmax,
)
from bots.dialogue.understand.trust import Flags, edge, logistic
from bots.dialogue.understand.vectors import Blocks, Floats, Row, blocks, learn

Pairs = Sequence[tuple[str, str]]
Ints = NDArray[np.int64]

# Chosen by cross-validation on HINT3's, CLINC150's, SMP2019's and our own training text.
# Beside sentence vectors the words are to be held back, and what they mean counts fully.
_PENALTY, _SHARES = 0.3, (1.0, 1.0, 1.0)
_PENALTY_ALONE, _SHARES_ALONE = 1.0, (1.0, 1.0, 0.3)
_SENSE_PENALTY = 10.0
# Finer costs twice the time, and changes no label.
_TOLERANCE = 0.1
# How much a sentence vector weighs beside a block of words.
_PULL = 1.5
_FOLDS = 3
_TEMPERATURES = np.arange(1.0, 8.1, 0.5)


def train(
    pairs: Pairs,
    *,
    outside: str = "",
    encoder: Encoder | None = None,
    vectors: Floats | None = None,
) -> Classifier:
    """Return a classifier of (label, folded text) pairs, the same each time.

    `outside` is the label of texts that belong to none of the others, where there are
    any. `vectors` are the encoder's of the texts, where they are at hand.
    """
    made, _ = train_and_try(pairs, outside=outside, encoder=encoder, vectors=vectors)
    return made


def train_and_try(
    pairs: Pairs,
    *,
    outside: str = "",
    encoder: Encoder | None = None,
    vectors: Floats | None = None,
    weights: Sequence[float] | None = None,
) -> tuple[Classifier, list[Reading]]:
    """As `train`, and each text as read by a model that was trained without it.

    `weights` say how much each text counts; all the same where they are not given.
    """
    sample = _sample(pairs, outside, encoder, vectors, weights)
    calibration, glances = _calibrate(sample)
    made = Classifier(model=_fit(sample), calibration=calibration, encoder=encoder)
    return made, [made.weigh(glance) for glance in glances]


@dataclass(frozen=True, kw_only=True)
class Sample:
    labels: tuple[str, ...]
    outside: int
    rows: list[Blocks]
    owners: Ints
    meanings: Floats | None
    weights: Wide

    def part(self, chosen: Ints) -> "Sample":
        return Sample(
            labels=self.labels,
            outside=self.outside,
            rows=[self.rows[i] for i in chosen],
            owners=self.owners[chosen],
            meanings=None if self.meanings is None else self.meanings[chosen],
            weights=self.weights[chosen],
        )


def _sample(
    pairs: Pairs,
    outside: str,
    encoder: Encoder | None,
    vectors: Floats | None,
    weights: Sequence[float] | None,
) -> Sample:
    labels = tuple(sorted({label for label, _ in pairs}))
    places = {label: place for place, label in enumerate(labels)}
    if encoder and vectors is None:
        vectors = encoder.encode([text for _, text in pairs])
    return Sample(
        labels=labels,
        outside=places.get(outside, -1),
        rows=[blocks(text) for _, text in pairs],
        owners=np.array([places[label] for label, _ in pairs]),
        meanings=vectors if encoder else None,
        weights=np.ones(len(pairs)) if weights is None else np.array(weights, float),
    )


def _fit(sample: Sample) -> Model:
    # Imported here: it takes longer than all the rest, and only training needs it.
    from sklearn.svm import LinearSVC

    alone = sample.meanings is None
    vectors = learn(sample.rows, _SHARES_ALONE if alone else _SHARES)
    matrix = vectors.matrix(sample.rows)
    seen = matrix
    if sample.meanings is not None:
        seen = hstack([matrix, csr_matrix(_PULL * sample.meanings)]).tocsr()
    penalty = _PENALTY_ALONE if alone else _PENALTY
    machine = LinearSVC(C=penalty, tol=_TOLERANCE, random_state=0).fit(
        seen, sample.owners, sample_weight=sample.weights
    )
    weights, bias = _each(machine, len(sample.labels), -1.5)
    known = matrix.shape[1]
    pieces = matrix[:, : len(vectors.columns[0])]
    owned = [np.flatnonzero(sample.owners == at) for at in range(len(sample.labels))]
    return Model(
        labels=sample.labels,
        outside=sample.outside,
        vectors=vectors,
        weights=np.ascontiguousarray(weights[:known]),
        bias=bias,
        memory=tuple(pieces[rows] for rows in owned),
        sense=_sense(sample, weights[known:] * _PULL, owned),
    )


def _sense(sample: Sample, pull: Floats, owned: list[Ints]) -> Sense | None:
    if sample.meanings is None:
        return None
    from sklearn.linear_model import LogisticRegression

    machine = LogisticRegression(C=_SENSE_PENALTY, max_iter=200)
    machine.fit(sample.meanings, sample.owners, sample_weight=sample.weights)
    weights, bias = _each(machine, len(sample.labels), -10.0)
    return Sense(
        pull=np.ascontiguousarray(pull),
        weights=weights,
        bias=bias,
        phrases=tuple(np.ascontiguousarray(sample.meanings[rows]) for rows in owned),
    )


def _each(machine: object, count: int, unseen: float) -> tuple[Floats, Floats]:
    """Return weights and bias for each label, also for those it has not seen."""
    coef, bias = machine.coef_, machine.intercept_  # type: ignore[attr-defined]
    classes = machine.classes_  # type: ignore[attr-defined]
    if len(classes) == 2:
        coef, bias = np.vstack([-coef, coef]) / 2, np.array([-bias[0], bias[0]]) / 2
    weights = np.zeros((coef.shape[1], count), np.float32)
    biases = np.full(count, unseen, np.float32)
    weights[:, classes], biases[classes] = coef.T, bias
    return weights, biases


@dataclass(frozen=True, kw_only=True)
class Unseen:
    """A phrase, and a model that was trained without it."""

    model: Model
    row: Row
    meaning: Floats | None


def _calibrate(sample: Sample) -> tuple[Calibration, list[Glance]]:
    """Return what fits that models say of phrases that they have not seen, and that."""
    unseen = _unseen(sample)
    temperature = _temperature(sample, unseen)
    glances = [
        seen.model.glance(seen.row, seen.meaning, temperature) for seen in unseen
    ]
    return _trusted(sample, glances, temperature), glances


def _unseen(sample: Sample) -> list[Unseen]:
    found: dict[int, Unseen] = {}
    for kept, held in _folds(sample.owners):
        model = _fit(sample.part(kept))
        for i in held:
            meaning = None if sample.meanings is None else sample.meanings[i]
            row = model.vectors.row(sample.rows[i])
            found[int(i)] = Unseen(model=model, row=row, meaning=meaning)
    return [found[i] for i in range(len(sample.rows))]


def _folds(owners: Ints) -> Iterator[tuple[Ints, Ints]]:
    chance = random.Random(0)
    fold = np.zeros(len(owners), np.int64)
    for label in np.unique(owners):
        own = np.flatnonzero(owners == label).tolist()
        chance.shuffle(own)
        fold[own] = (np.arange(len(own)) + chance.randrange(_FOLDS)) % _FOLDS
    for at in range(_FOLDS):
        yield np.flatnonzero(fold != at), np.flatnonzero(fold == at)


def _temperature(sample: Sample, unseen: list[Unseen]) -> float:
    surprises = np.zeros(len(_TEMPERATURES))
    for seen, owner in zip(unseen, sample.owners, strict=True):
        margins = seen.model.margins(seen.row, seen.meaning)
        told = [softmax(float(t) * margins)[owner] for t in _TEMPERATURES]
        surprises -= np.log(np.array(told) + 1e-9)
    return float(_TEMPERATURES[int(np.argmin(surprises))])


def _trusted(sample: Sample, glances: list[Glance], temperature: float) -> Calibration:
    inside = sample.owners != sample.outside
    blank = _scaled(np.array([glance.signs for glance in glances]), inside, temperature)
    scopes = np.array([scope_of(glance.signs, blank) for glance in glances])
    right = np.array([glance.best for glance in glances]) == sample.owners
    least = edge(scopes, inside, right)
    kept = scopes >= least if sample.outside >= 0 else np.ones(len(scopes), bool)
    evidence = np.array(
        [g.evidence(s, sample.outside) for g, s in zip(glances, scopes, strict=True)]
    )
    return replace(
        blank,
        edge=least,
        trust=logistic(evidence[kept], right[kept]),
        inside=logistic(scopes[:, None], inside),
    )


def _scaled(signs: Wide, inside: Flags, temperature: float) -> Calibration:
    """Return the scales of the signs, and how they add up to one score."""
    centre, spread = signs[inside].mean(0), signs[inside].std(0)
    spread = np.where(spread > 1e-6, spread, 1e6)
    weights = np.ones(signs.shape[1])
    if not inside.all():
        weights = logistic((signs - centre) / spread, inside)[1:]
    return Calibration(
        temperature=temperature,
        centre=centre,
        spread=spread,
        weights=weights,
        trust=np.zeros(1),
        inside=np.zeros(1),
    )
