"""From scores of texts that were not learnt: how far a network can be trusted."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bots.dialogue.understand.classifier import Wide, softmax
from bots.dialogue.understand.network_trust import (
    Glance,
    Trust,
    glance,
    place_outside,
    weighed,
)
from bots.dialogue.understand.vectors import Floats

Flags = NDArray[np.bool_]

_TEMPERATURES = np.geomspace(0.25, 8, 41)
# Where nothing out of scope is known: the share of texts that may be told as doubtful.
_DOUBTED = 0.05
_PENALTY = 10.0


def calibrate(
    scores: Sequence[Floats], owners: Sequence[str], labels: tuple[str, ...]
) -> Trust:
    """Return the trust that fits the scores of texts with these true labels."""
    outside = place_outside(labels)
    truth = np.array([labels.index(owner) for owner in owners])
    temperature = _temperature(scores, truth)
    seen = [glance(one, outside, temperature) for one in scores]
    inside = truth != outside
    scope_weights = _scope_weights(seen, inside, outside)
    scopes = np.array([weighed(scope_weights, one.signs) for one in seen])
    right = np.array([one.best for one in seen]) == truth
    edge = _edge(scopes, inside, right)
    kept = scopes >= edge if outside >= 0 else np.ones(len(seen), bool)
    evidence = np.array(
        [one.evidence(scope, outside) for one, scope in zip(seen, scopes, strict=True)]
    )
    return Trust(
        temperature=temperature,
        inside=scope_weights,
        edge=edge,
        right=_logistic(evidence[kept], right[kept]),
    )


def _temperature(scores: Sequence[Floats], truth: NDArray[np.int64]) -> float:
    """Return the one at which the true labels surprise least."""
    surprises = [
        -sum(
            np.log(softmax(one.astype(np.float64) / t)[own] + 1e-12)
            for one, own in zip(scores, truth, strict=True)
        )
        for t in _TEMPERATURES
    ]
    return float(_TEMPERATURES[int(np.argmin(surprises))])


def _scope_weights(
    seen: Sequence[Glance], inside: Flags, outside: int
) -> tuple[float, ...]:
    if outside < 0 or inside.all():
        # Only how strongly any label speaks can tell.
        return (0.0, float(outside >= 0), float(outside < 0))
    return _logistic(np.array([one.signs for one in seen]), inside)


def _edge(scopes: Wide, inside: Flags, right: Flags) -> float:
    """Return the scope below which "out of scope" is right most often."""
    if inside.all():
        return float(np.quantile(scopes, _DOUBTED))
    order = np.argsort(scopes)
    # Refusing one more gains where it is outside, and loses where its label was right.
    gains = np.cumsum(np.where(inside[order], -1.0 * right[order], 1.0))
    gains = np.concatenate([[0.0], gains])
    at = int(np.argmax(gains))
    between = np.concatenate([[scopes.min() - 1], scopes[order], [scopes.max() + 1]])
    return float(between[at : at + 2].mean())


def _logistic(values: Wide, truth: Flags) -> tuple[float, ...]:
    """Return bias and weights; constant where everything is alike."""
    if not len(truth) or truth.all() or not truth.any():
        rate = (truth.sum() + 1) / (len(truth) + 2)
        return (float(np.log(rate / (1 - rate))), *[0.0] * values.shape[1])
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=_PENALTY, max_iter=500).fit(values, truth)
    return (float(fitted.intercept_[0]), *map(float, fitted.coef_[0]))
