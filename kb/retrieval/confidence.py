"""How the measures make a score, and the score a probability of being right."""

from dataclasses import dataclass
from math import exp, log1p

import numpy as np

from kb.retrieval.keyword import Floats, Index, Question

# All numbers here are fitted by `python -m tests.kb.fit` on the demo shop's FAQs, with
# the "fit" halves of tests/gold/search_*.jsonl and the FAQs' own variants, each left out.
# Weights of the measures: letters, asked, covered, context.
WEIGHTS = np.array([3.0, 6.0, 5.5, 6.0], np.float32)

INTERCEPT = -7.24
MARGIN = 0.6
COVERAGE = 2.35
ASKED = 2.85
UNKNOWN = -1.33
LENGTH = 1.72
PARTICULAR = -2.04
# Above this a question counts as answered.
THRESHOLD = 0.4


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What speaks for the best entry."""

    margin: float
    coverage: float
    asked: float
    unknown: float
    length: float
    particular: bool


def scores(measures: Floats) -> Floats:
    combined: Floats = WEIGHTS @ measures
    return combined


def evidence(
    index: Index, question: Question, *, best: int, margin: float, asked: float
) -> Evidence:
    coverage, unknown = index.coverage(question, best)
    telling = sum(weight for weight in question.terms.values() if weight > 0.2)
    return Evidence(
        margin=margin,
        coverage=coverage,
        asked=asked,
        unknown=unknown,
        length=log1p(telling),
        particular=question.particular,
    )


def confidence(seen: Evidence) -> float:
    z = (
        INTERCEPT
        + MARGIN * seen.margin
        + COVERAGE * seen.coverage
        + ASKED * seen.asked
        + UNKNOWN * seen.unknown
        + LENGTH * seen.length
        + PARTICULAR * seen.particular
    )
    return 1 / (1 + exp(-z))
