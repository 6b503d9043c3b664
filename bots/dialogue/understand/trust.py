"""How far scores can be trusted, found on texts that were not learnt."""

import numpy as np
from numpy.typing import NDArray

from bots.dialogue.understand.classifier import Wide

Flags = NDArray[np.bool_]

# Where nothing out of scope is known: the share of texts that may be refused.
_REFUSED = 0.05
_PENALTY = 10.0


def edge(scopes: Wide, inside: Flags, right: Flags) -> float:
    """Return the score below which calling a text out of scope is right most often."""
    if inside.all():
        return float(np.quantile(scopes, _REFUSED))
    order = np.argsort(scopes)
    # Refusing one more gains where it is outside, loses where its label was right.
    gains = np.cumsum((~inside[order]).astype(int) - right[order].astype(int))
    at = int(np.argmax(np.concatenate([[0], gains])))
    between = np.concatenate([[scopes.min() - 1], scopes[order], [scopes.max() + 1]])
    return float(between[at : at + 2].mean())


def logistic(values: Wide, truth: Flags) -> Wide:
    """Return bias and weights; constant where everything is alike."""
    if truth.all() or not truth.any():
        rate = (truth.sum() + 1) / (len(truth) + 2)
        return np.array([np.log(rate / (1 - rate)), *np.zeros(values.shape[1])])
    # Imported here: it takes longer than all the rest, and only training needs it.
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=_PENALTY, max_iter=500).fit(values, truth)
    weights: Wide = np.concatenate([fitted.intercept_, fitted.coef_[0]])
    return weights
