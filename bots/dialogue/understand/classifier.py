"""The classifier: linear, over pieces of words, words and their meanings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.vectors import Floats, Row, Vectors, blocks

OUT_OF_SCOPE = "out_of_scope"
_NEAREST = 3

Wide = NDArray[np.float64]


class Encoder(Protocol):
    @property
    def name(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> Floats: ...


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the classifier makes of one text."""

    label: str
    # Calibrated on phrases it was not trained on.
    confidence: float
    probabilities: dict[str, float]
    # How much the text is like those of any label; 0 where it is in doubt.
    scope: float


@dataclass(frozen=True, kw_only=True)
class Sense:
    """The part of a model that reads sentence vectors."""

    # Of the machine that reads pieces and words as well.
    pull: Floats
    # Of the one that reads nothing else.
    weights: Floats
    bias: Floats
    # The phrases of each label.
    phrases: tuple[Floats, ...]


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """How far signs and scores can be trusted, found on phrases left out of training."""

    temperature: float = 4.0
    centre: Wide
    spread: Wide
    # Of each sign in the scope score: alike, unless texts out of scope were there to fit.
    weights: Wide
    # A scope score below this is out of scope.
    edge: float = 0.0
    # Bias first, then a weight each: that the label is right, that it is in scope.
    trust: Wide
    inside: Wide


@dataclass(frozen=True, kw_only=True)
class Glance:
    """What the linear parts say of a text, before anything is calibrated."""

    chances: Wide
    # The likeliest label that is in scope.
    best: int
    # Margin, chance, likeness in letters and in meaning, distance from the outside.
    signs: Wide
    familiarity: float

    def evidence(self, scope: float, outside: int) -> Wide:
        """Return what tells whether the label is right."""
        rest = np.delete(
            self.chances, [self.best, *([outside] if outside >= 0 else [])]
        )
        first = float(self.signs[1])
        second = float(rest.max()) if rest.size else 0.0
        nearest = [first - second, *self.signs[2:4], self.familiarity]
        return np.array([np.clip(odds(first), -4, 6), *nearest, scope])


@dataclass(frozen=True, kw_only=True)
class Model:
    """What was learnt; it never changes, so that threads may share it."""

    labels: tuple[str, ...]
    # The place of the label for what is out of scope; -1 where there is none.
    outside: int
    vectors: Vectors
    weights: Floats
    bias: Floats
    # The training phrases of each label, in pieces of words.
    memory: tuple[csr_matrix, ...]
    sense: Sense | None

    def margins(self, row: Row, meaning: Floats | None) -> Floats:
        margins: Floats = row.values @ self.weights[row.columns] + self.bias
        if self.sense and meaning is not None:
            margins = margins + meaning @ self.sense.pull
        return margins

    def glance(self, row: Row, meaning: Floats | None, temperature: float) -> Glance:
        margins = self.margins(row, meaning)
        chances = softmax(temperature * margins)
        if self.sense and meaning is not None:
            logits = meaning @ self.sense.weights + self.sense.bias
            chances = (chances + softmax(logits)) / 2
        best, chance, strange = self._inside(chances)
        like = self._likeness(row, best)
        near = self._nearness(meaning, best)
        signs = [float(margins[best]), chance, like, near, -odds(strange)]
        return Glance(
            chances=chances,
            best=best,
            signs=np.array(signs),
            familiarity=row.familiarity,
        )

    def _inside(self, chances: Wide) -> tuple[int, float, float]:
        """Return the best label in scope, its chance among these, and that of none."""
        if self.outside < 0:
            best = int(np.argmax(chances))
            return best, float(chances[best]), 0.5
        inside, strange = chances.copy(), float(chances[self.outside])
        inside[self.outside] = 0.0
        best = int(np.argmax(inside))
        return best, float(inside[best] / max(1e-9, 1 - strange)), strange

    def _likeness(self, row: Row, label: int) -> float:
        """Return the cosine of the phrase of `label` that has most pieces in common.

        Words and what they mean stand in more phrases than they tell apart.
        """
        phrases = self.memory[label]
        pieces = row.columns < phrases.shape[1]
        if not phrases.shape[0] or not pieces.any():
            return 0.0
        wide = np.zeros(phrases.shape[1], np.float32)
        wide[row.columns[pieces]] = row.values[pieces]
        return float((phrases @ wide).max())

    def _nearness(self, meaning: Floats | None, label: int) -> float:
        """Return the mean cosine of the nearest phrases of `label`."""
        if self.sense is None or meaning is None:
            return 0.0
        near = self.sense.phrases[label] @ meaning
        return float(np.sort(near)[-_NEAREST:].mean()) if near.size else 0.0


@dataclass(frozen=True, kw_only=True)
class Classifier:
    """A model, its calibration, and the encoder that it was trained with."""

    model: Model
    calibration: Calibration
    encoder: Encoder | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        return self.model.labels

    def read(self, folded: str) -> Reading:
        return self.read_all([folded])[0]

    def read_all(self, texts: Sequence[str]) -> list[Reading]:
        meanings: Sequence[Floats | None] = [None] * len(texts)
        if self.model.sense and self.encoder:
            meanings = list(self.encoder.encode(texts))
        rows = [self.model.vectors.row(blocks(text)) for text in texts]
        return [self.judge(*both) for both in zip(rows, meanings, strict=True)]

    def missed(self, said: Said, known: Mapping[str, Any]) -> dict[str, str]:
        """Nothing: it reads whole texts only."""
        return {}

    def judge(self, row: Row, meaning: Floats | None) -> Reading:
        return self.weigh(self.model.glance(row, meaning, self.calibration.temperature))

    def weigh(self, glance: Glance) -> Reading:
        fit, model = self.calibration, self.model
        scope = scope_of(glance.signs, fit)
        inside = _sigmoid(fit.inside, np.array([scope]))
        if model.outside >= 0 and scope < fit.edge:
            label, sure = model.labels[model.outside], 1 - inside
        else:
            label = model.labels[glance.best]
            sure = _sigmoid(fit.trust, glance.evidence(scope, model.outside))
        chances = map(float, glance.chances)
        return Reading(
            label=label,
            confidence=sure,
            probabilities=dict(zip(model.labels, chances, strict=True)),
            scope=scope - fit.edge,
        )


def scope_of(signs: Wide, fit: Calibration) -> float:
    return float(((signs - fit.centre) / fit.spread) @ fit.weights)


def odds(chance: float) -> float:
    return float(np.log(max(chance, 1e-6) / max(1 - chance, 1e-6)))


def softmax(scores: Floats | Wide) -> Wide:
    raised = np.exp((scores - scores.max()).astype(np.float64))
    chances: Wide = raised / raised.sum()
    return chances


def _sigmoid(weights: Wide, values: Wide) -> float:
    return float(1 / (1 + np.exp(-(weights[0] + values @ weights[1:]))))
