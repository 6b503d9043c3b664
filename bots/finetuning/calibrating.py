"""From scores of texts that were not learnt: how far a network can be trusted."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bots.dialogue.understand.classifier import softmax
from bots.dialogue.understand.network_trust import (
    Glance,
    Trust,
    glance,
    place_outside,
    weighed,
)
from bots.dialogue.understand.trust import Flags, edge, logistic
from bots.dialogue.understand.vectors import Floats

_TEMPERATURES = np.geomspace(0.25, 8, 41)


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
    least = edge(scopes, inside, right)
    kept = scopes >= least if outside >= 0 else np.ones(len(seen), bool)
    evidence = np.array(
        [one.evidence(scope, outside) for one, scope in zip(seen, scopes, strict=True)]
    )
    return Trust(
        temperature=temperature,
        inside=scope_weights,
        edge=least,
        right=tuple(logistic(evidence[kept], right[kept])),
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
    return tuple(logistic(np.array([one.signs for one in seen]), inside))
