"""The intent classifier: linear, over pieces of words, words and their meanings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bots.dialogue.understand.vectors import (
    KINDS,
    Blocks,
    Floats,
    Row,
    Vectors,
    blocks,
    learn,
)

OUT_OF_SCOPE = "out_of_scope"
_PENALTY = 0.3
_FOLDS = 3
_TEMPERATURES = np.arange(1.0, 8.1, 0.25)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the classifier makes of one text."""

    label: str
    # Calibrated on phrases it was not trained on.
    confidence: float
    probabilities: dict[str, float]
    # Cosine to the most similar phrase of the label, and the share of known pieces.
    similarity: float
    familiarity: float


@dataclass(frozen=True, kw_only=True)
class Classifier:
    """A trained model; it never changes, so that threads may share it."""

    labels: tuple[str, ...]
    vectors: Vectors
    weights: Floats
    bias: Floats
    # The training phrases as columns, and the label of each.
    memory: csr_matrix
    owners: NDArray[np.int32]
    temperature: float = 4.0
    # Bias first, then one weight for each sign of _signs.
    trust: Floats | None = None

    def read(self, folded: str) -> Reading:
        row = self.vectors.row(blocks(folded))
        chances = _softmax(self.margins(row), self.temperature)
        best = int(np.argmax(chances))
        similarity = self._similarity(row, best)
        signs = _signs(chances, similarity, row.familiarity)
        return Reading(
            label=self.labels[best],
            confidence=self._confidence(signs, float(chances[best])),
            probabilities=dict(zip(self.labels, map(float, chances), strict=True)),
            similarity=similarity,
            familiarity=row.familiarity,
        )

    def margins(self, row: Row) -> Floats:
        margins: Floats = row.values @ self.weights[row.columns] + self.bias
        return margins

    def cosines(self, row: Row) -> Floats:
        """Return how similar each training phrase is."""
        if not len(row.columns):
            return np.zeros(len(self.owners), np.float32)
        cosines: Floats = (self.memory[row.columns].T @ row.values) / KINDS
        return cosines

    def best(self, folded: str) -> tuple[str, float]:
        reading = self.read(folded)
        return reading.label, reading.confidence

    def _similarity(self, row: Row, best: int) -> float:
        own = self.cosines(row)[self.owners == best]
        return float(own.max()) if own.size else 0.0

    def _confidence(self, signs: NDArray[np.float64], chance: float) -> float:
        if self.trust is None:
            return chance
        return float(1 / (1 + np.exp(-(self.trust[0] + signs @ self.trust[1:]))))


def _softmax(margins: Floats, temperature: float) -> NDArray[np.float64]:
    scaled = np.exp(temperature * (margins - margins.max()).astype(np.float64))
    chances: NDArray[np.float64] = scaled / scaled.sum()
    return chances


def _signs(
    chances: NDArray[np.float64], similarity: float, familiarity: float
) -> NDArray[np.float64]:
    second, first = np.sort(chances)[-2:]
    odds = float(np.log(first / max(1e-9, 1 - first)))
    return np.array([np.clip(odds, -4, 6), first - second, similarity, familiarity])


Pairs = Sequence[tuple[str, str]]


def train(phrases: Pairs, made: Pairs = ()) -> Classifier:
    """Return a classifier of (label, folded text) pairs, the same each time.

    Confidence is calibrated on the phrases only: what is `made` from frames looks
    like other made sentences, and would seem easier than what people write.
    """
    labels = tuple(sorted({label for label, _ in [*phrases, *made]}))
    real, extra = _sample(labels, phrases), _sample(labels, made)
    temperature, trust = _calibrate(labels, real, extra)
    return _fit(labels, _joined(real, extra), temperature, trust)


@dataclass(frozen=True, kw_only=True)
class Sample:
    rows: list[Blocks]
    owners: NDArray[np.int32]

    def part(self, chosen: NDArray[np.int64]) -> "Sample":
        return Sample(rows=[self.rows[i] for i in chosen], owners=self.owners[chosen])


def _sample(labels: tuple[str, ...], pairs: Pairs) -> Sample:
    owners = np.array([labels.index(label) for label, _ in pairs], np.int32)
    return Sample(rows=[blocks(text) for _, text in pairs], owners=owners)


def _joined(one: Sample, other: Sample) -> Sample:
    owners = np.concatenate([one.owners, other.owners])
    return Sample(rows=one.rows + other.rows, owners=owners)


def _fit(
    labels: tuple[str, ...],
    sample: Sample,
    temperature: float = 1.0,
    trust: Floats | None = None,
) -> Classifier:
    # Imported here: it takes longer than all the rest, and only training needs it.
    from sklearn.svm import LinearSVC

    vectors = learn(sample.rows)
    matrix = vectors.matrix(sample.rows)
    machine = LinearSVC(C=_PENALTY, random_state=0).fit(matrix, sample.owners)
    return Classifier(
        labels=labels,
        vectors=vectors,
        weights=np.ascontiguousarray(machine.coef_.T, np.float32),
        bias=machine.intercept_.astype(np.float32),
        memory=matrix.T.tocsr(),
        owners=sample.owners,
        temperature=temperature,
        trust=trust,
    )


def _calibrate(
    labels: tuple[str, ...], real: Sample, extra: Sample
) -> tuple[float, Floats]:
    """Return temperature and trust that fit what models say of unseen phrases."""
    from sklearn.linear_model import LogisticRegression

    unseen = _unseen(labels, real, extra)
    margins = np.array([seen.margins for seen in unseen])
    surprise = [_surprise(margins, real.owners, float(t)) for t in _TEMPERATURES]
    temperature = float(_TEMPERATURES[int(np.argmin(surprise))])
    chances = [_softmax(seen.margins, temperature) for seen in unseen]
    signs = [
        _signs(row, float(seen.nearest[row.argmax()]), seen.familiarity)
        for row, seen in zip(chances, unseen, strict=True)
    ]
    right = np.array([row.argmax() for row in chances]) == real.owners
    fitted = LogisticRegression(C=10.0).fit(np.array(signs), right)
    trust = np.concatenate([fitted.intercept_, fitted.coef_[0]]).astype(np.float32)
    return temperature, trust


def _surprise(margins: Floats, owners: NDArray[np.int32], temperature: float) -> float:
    chances = np.array([_softmax(row, temperature) for row in margins])
    told = chances[np.arange(len(owners)), owners]
    return float(-np.log(told + 1e-9).mean())


@dataclass(frozen=True, kw_only=True)
class Unseen:
    """What a model says of a phrase that it was not trained on."""

    margins: Floats
    # For each label, how similar its most similar phrase is.
    nearest: Floats
    familiarity: float


def _unseen(labels: tuple[str, ...], real: Sample, extra: Sample) -> list[Unseen]:
    from sklearn.model_selection import StratifiedKFold

    seen: dict[int, Unseen] = {}
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    for kept, held in folds.split(real.owners, real.owners):
        model = _fit(labels, _joined(real.part(kept), extra))
        seen |= {int(i): _judge(model, real.rows[i]) for i in held}
    return [seen[i] for i in range(len(real.rows))]


def _judge(model: Classifier, blocks: Blocks) -> Unseen:
    row = model.vectors.row(blocks)
    nearest = np.zeros(len(model.labels), np.float32)
    np.maximum.at(nearest, model.owners, model.cosines(row))
    return Unseen(
        margins=model.margins(row), nearest=nearest, familiarity=row.familiarity
    )
