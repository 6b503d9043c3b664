"""The measures: accuracy, F1, calibration, and what rejecting costs."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
BINS = 10


def f1(right: int, wrong: int, missed: int) -> float:
    told = 2 * right + wrong + missed
    return 2 * right / told if told else 0.0


def per_label(wanted: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """Return the F1 of each label that is wanted."""
    pairs = Counter(zip(wanted, found, strict=True))
    of_wanted, of_found = Counter(wanted), Counter(found)
    scores = {}
    for label, count in sorted(of_wanted.items()):
        right = pairs[label, label]
        scores[label] = f1(right, of_found[label] - right, count - right)
    return scores


def reliability(sure: Floats, right: Flags) -> list[tuple[float, float, int]]:
    """Return mean confidence, accuracy and count of each filled bin."""
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    rows = []
    for at in range(BINS):
        held = bins == at
        if held.any():
            mean, hits = float(sure[held].mean()), float(right[held].mean())
            rows.append((mean, hits, int(held.sum())))
    return rows


def ece(sure: Floats, right: Flags) -> float:
    """Return the expected calibration error over ten even bins."""
    rows = reliability(sure, right)
    return sum(abs(mean - hits) * n for mean, hits, n in rows) / max(1, len(sure))


def coverage(sure: Floats, right: Flags) -> list[tuple[float, float, float]]:
    """Return share answered, share wrong among these, and the least confidence."""
    order = np.argsort(-sure, kind="stable")
    counts = np.arange(1, len(sure) + 1)
    risk = np.cumsum(~right[order]) / counts
    shares = counts / len(sure)
    return list(zip(shares.tolist(), risk.tolist(), sure[order].tolist(), strict=True))


def auroc(scores: Floats, inside: Flags) -> float:
    """Return how often a text in scope scores above one that is not; ties count half."""
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2
    within, without = int(inside.sum()), int((~inside).sum())
    above = ranks[places][inside].sum() - within * (within + 1) / 2
    return float(above / (within * without))


def caught(scores: Floats, inside: Flags, rejected: float) -> float:
    """Return the share out of scope below the score that rejects `rejected` in scope."""
    edge = np.quantile(scores[inside], rejected)
    return float((scores[~inside] < edge).mean())


def mean(values: Iterable[float]) -> float:
    kept = list(values)
    return sum(kept) / len(kept) if kept else 0.0
