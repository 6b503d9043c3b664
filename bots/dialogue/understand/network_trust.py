"""How far a fine-tuned network can be trusted, found on text that it had not learnt."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bots.dialogue.understand.classifier import (
    OUT_OF_SCOPE,
    Reading,
    Wide,
    odds,
    softmax,
)
from bots.dialogue.understand.network_folder import CALIBRATION, reading
from bots.dialogue.understand.vectors import Floats


@dataclass(frozen=True, kw_only=True)
class Glance:
    """What the intents' scores say, before anything is calibrated."""

    chances: Wide
    # The likeliest label that is in scope.
    best: int
    # That the text is in scope: by the chance of the label outside, by all scores.
    signs: Wide

    def evidence(self, scope: float, outside: int) -> Wide:
        """Return what tells whether the label is right."""
        first, second = _two_best(np.delete(self.chances, _places(outside)))
        return np.array([odds(first), first - second, scope])


@dataclass(frozen=True, kw_only=True)
class Trust:
    # The scores are divided by it.
    temperature: float
    # Bias and weights of the signs: that a text is in scope.
    inside: tuple[float, ...]
    # Below this it is out of scope.
    edge: float
    # Bias and weights of the evidence: that the label is right.
    right: tuple[float, ...]

    def judge(self, scores: Floats, labels: tuple[str, ...]) -> Reading:
        outside = place_outside(labels)
        seen = glance(scores, outside, self.temperature)
        scope = weighed(self.inside, seen.signs)
        label = labels[seen.best]
        sure = chance(weighed(self.right, seen.evidence(scope, outside)))
        if outside >= 0 and scope < self.edge:
            label, sure = labels[outside], chance(-scope)
        told = zip(labels, map(float, seen.chances), strict=True)
        return Reading(
            label=label,
            confidence=sure,
            probabilities=dict(told),
            scope=scope - self.edge,
        )


def glance(scores: Floats, outside: int, temperature: float) -> Glance:
    cool = scores.astype(np.float64) / temperature
    chances = softmax(cool)
    inside = np.delete(cool, _places(outside))
    strange = float(chances[outside]) if outside >= 0 else 0.5
    masked = chances.copy()
    masked[_places(outside)] = -1.0
    most = inside.max()
    energy = float(most + np.log(np.exp(inside - most).sum()))
    return Glance(
        chances=chances,
        best=int(masked.argmax()),
        signs=np.array([-odds(strange), energy]),
    )


def place_outside(labels: tuple[str, ...]) -> int:
    """Return the place of the label for what is out of scope; -1 where there is none."""
    return labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in labels else -1


def weighed(weights: tuple[float, ...], values: Wide) -> float:
    return float(weights[0] + values @ np.array(weights[1:]))


def chance(score: float) -> float:
    return float(1 / (1 + np.exp(-np.clip(score, -30, 30))))


def read_trust(folder: Path) -> Trust:
    """Raises NetworkError."""

    def parse(path: Path) -> Trust:
        said = json.loads(path.read_text("utf-8"))
        return Trust(
            temperature=float(said["temperature"]),
            inside=_weights(said["inside"], 3),
            edge=float(said["edge"]),
            right=_weights(said["right"], 4),
        )

    return reading(folder / CALIBRATION, parse)


def _weights(values: list[float], count: int) -> tuple[float, ...]:
    if len(values) != count:
        raise ValueError(f"{len(values)} weights, not {count}")
    return tuple(map(float, values))


def _places(outside: int) -> list[int]:
    return [outside] if outside >= 0 else []


def _two_best(chances: Wide) -> tuple[float, float]:
    first, *rest = sorted(map(float, chances), reverse=True)
    return first, rest[0] if rest else 0.0
