"""How the measures make a score, and the score a probability of being right."""

from dataclasses import dataclass
from math import exp, log1p

import numpy as np

from kb.retrieval.keyword import Index, Question
from kb.retrieval.space import Floats

# What synonyms.txt calls the names of other shops.
ELSEWHERE_TERM = "=othershop"

# All numbers here are fitted by `python -m tests.kb.fit` on the demo shop's FAQs, with
# the "fit" halves of tests/gold/search_*.jsonl and the FAQs' own variants, each left out.
# Weights of the measures: letters, asked, covered, context.
WEIGHTS = np.array([3.5, 6.0, 6.5, 5.0], np.float32)

INTERCEPT = -7.77
MARGIN = 0.42
AGREEMENT = 6.51
UNKNOWN = -2.35
LENGTH = 1.88
PARTICULAR = -2.59
ELSEWHERE = -2.16
# From here on a question counts as answered.
THRESHOLD = 0.45


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What speaks for the best entry, and against any."""

    # How far it is before the next entry.
    margin: float
    # Between what is asked that it speaks of, and what it says that is asked.
    agreement: float
    # The share of the question of which nothing here speaks.
    unknown: float
    # The logarithm of how much is said.
    length: float
    # Asks for a deed or about one's own case; names another shop.
    particular: bool
    elsewhere: bool


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
        agreement=2 * coverage * asked / max(coverage + asked, 1e-9),
        unknown=unknown,
        length=log1p(telling),
        particular=question.particular,
        elsewhere=ELSEWHERE_TERM in question.terms and not index.knows(ELSEWHERE_TERM),
    )


def confidence(seen: Evidence) -> float:
    z = (
        INTERCEPT
        + MARGIN * seen.margin
        + AGREEMENT * seen.agreement
        + UNKNOWN * seen.unknown
        + LENGTH * seen.length
        + PARTICULAR * seen.particular
        + ELSEWHERE * seen.elsewhere
    )
    return 1 / (1 + exp(-z))
