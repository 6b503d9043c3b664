"""The intent classifier: linear, over pieces of words, words and their meanings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bots.dialogue.understand.vectors import Blocks, Floats, Vectors, blocks, learn

OUT_OF_SCOPE = "out_of_scope"
_PENALTY = 0.3
_FOLDS = 5
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
        columns, values, familiarity = self.vectors.row(blocks(folded))
        margins = values @ self.weights[columns] + self.bias
        chances = _softmax(margins, self.temperature)
        best = int(np.argmax(chances))
        similarity = self._similarity(columns, values, best)
        signs = _signs(chances, similarity, familiarity)
        return Reading(
            label=self.labels[best],
            confidence=self._confidence(signs, float(chances[best])),
            probabilities=dict(zip(self.labels, map(float, chances), strict=True)),
            similarity=similarity,
            familiarity=familiarity,
        )

    def best(self, folded: str) -> tuple[str, float]:
        reading = self.read(folded)
        return reading.label, reading.confidence

    def _similarity(
        self, columns: NDArray[np.int32], values: Floats, best: int
    ) -> float:
        if not len(columns):
            return 0.0
        # Three blocks of length one each.
        scores = (self.memory[columns].T @ values) / 3.0
        own = scores[self.owners == best]
        return float(own.max()) if own.size else 0.0

    def _confidence(self, signs: NDArray[np.float64], chance: float) -> float:
        if self.trust is None:
            return chance
        return float(1 / (1 + np.exp(-(self.trust[0] + signs @ self.trust[1:]))))


def _softmax(margins: Floats, temperature: float) -> NDArray[np.float64]:
    scaled = np.exp(temperature * (margins - margins.max()).astype(np.float64))
    return scaled / scaled.sum()


def _signs(
    chances: NDArray[np.float64], similarity: float, familiarity: float
) -> NDArray[np.float64]:
    second, first = np.sort(chances)[-2:]
    odds = float(np.log(first / max(1e-9, 1 - first)))
    return np.array([np.clip(odds, -4, 6), first - second, similarity, familiarity])


def train(phrases: Sequence[tuple[str, str]]) -> Classifier:
    """Return a classifier of (label, folded text) pairs, the same each time."""
    labels = tuple(sorted({label for label, _ in phrases}))
    rows = [blocks(text) for _, text in phrases]
    owners = np.array([labels.index(label) for label, _ in phrases], np.int32)
    temperature, trust = _calibrate(labels, rows, owners)
    return _fit(labels, rows, owners, temperature, trust)


def _fit(
    labels: tuple[str, ...],
    rows: list[Blocks],
    owners: NDArray[np.int32],
    temperature: float = 1.0,
    trust: Floats | None = None,
) -> Classifier:
    # Imported here: it takes longer than all the rest, and only training needs it.
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    vectors = learn(rows)
    matrix = vectors.matrix(rows)
    machine = LinearSVC(C=_PENALTY, random_state=0).fit(matrix, owners)
    return Classifier(
        labels=labels,
        vectors=vectors,
        weights=np.ascontiguousarray(machine.coef_.T, np.float32),
        bias=machine.intercept_.astype(np.float32),
        memory=matrix.T.tocsr(),
        owners=owners,
        temperature=temperature,
        trust=trust,
    )


def _calibrate(
    labels: tuple[str, ...], rows: list[Blocks], owners: NDArray[np.int32]
) -> tuple[float, Floats]:
    """Return temperature and trust that fit what models say of unseen phrases."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    margins, nearness = unseen(labels, rows, owners)
    temperature = min(_TEMPERATURES, key=lambda t: _surprise(margins, owners, float(t)))
    chances = np.array([_softmax(row, float(temperature)) for row in margins])
    signs = [
        _signs(row, float(similarity[row.argmax()]), float(familiarity))
        for row, (similarity, familiarity) in zip(chances, nearness, strict=True)
    ]
    right = chances.argmax(axis=1) == owners
    fitted = LogisticRegression(C=10.0).fit(np.array(signs), right)
    trust = np.concatenate([fitted.intercept_, fitted.coef_[0]]).astype(np.float32)
    return float(temperature), trust


def _surprise(margins: Floats, owners: NDArray[np.int32], temperature: float) -> float:
    chances = np.array([_softmax(row, temperature) for row in margins])
    told = chances[np.arange(len(owners)), owners]
    return float(-np.log(told + 1e-9).mean())


def unseen(
    labels: tuple[str, ...], rows: list[Blocks], owners: NDArray[np.int32]
) -> tuple[Floats, list[tuple[Floats, float]]]:
    """Return margins and nearness of each phrase, from models trained without it."""
    from sklearn.model_selection import StratifiedKFold  # noqa: PLC0415

    margins = np.zeros((len(rows), len(labels)), np.float32)
    nearness: list[tuple[Floats, float]] = [(np.zeros(0, np.float32), 0.0)] * len(rows)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    for kept, held in folds.split(owners, owners):
        model = _fit(labels, [rows[i] for i in kept], owners[kept])
        for i in held:
            columns, values, familiarity = model.vectors.row(rows[i])
            margins[i] = values @ model.weights[columns] + model.bias
            scores = (model.memory[columns].T @ values) / 3.0
            nearest = np.zeros(len(labels), np.float32)
            np.maximum.at(nearest, model.owners, scores)
            nearness[i] = (nearest, familiarity)
    return margins, nearness
