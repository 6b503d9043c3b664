"""How the measures make a score, and the score a probability of being right."""

from dataclasses import dataclass
from math import exp, log, log1p

import numpy as np
import numpy.typing as npt

from kb.retrieval.keyword import Index, Question
from kb.retrieval.space import Floats
from kb.retrieval.text import ASKING

# What synonyms.txt calls the names of other shops.
ELSEWHERE_TERM = "=othershop"

# All numbers here are fitted by `python -m tests.kb.fit` on the demo shop's FAQs, with
# the "fit" halves of tests/gold/search_*.jsonl and the FAQs' own variants, each left out.
# Weights of the measures: letters, asked, covered, context; named and devoted count only
# where a topic is named, so that the entry most about it leads.
WEIGHTS = np.array([3.5, 6.0, 6.5, 5.0, 0.0, 0.0], np.float32)
TOPIC_WEIGHTS = np.array([0.0, 0.0, 0.0, 0.0, 2.0, 3.5], np.float32)
# The rows among them of which the evidence is made.
ASKED, COVERED, NAMED = 1, 2, 4

# A query of no more than this many telling words, none of which asks, names a topic; an
# entry that covers so much of it that only common words are left is of the topic.
FEW_WORDS, MOSTLY = 2.0, 0.8
# A topic of more entries than this is too wide for one of them to answer it; and nearer
# than this to the next one, the best is no better than that.
WIDE, NEAR = 5, 0.5

INTERCEPT = -7.80
MARGIN = 1.65
AGREEMENT = 6.17
UNKNOWN = -2.67
LENGTH = 1.52
TOPIC = 2.86
WIDTH = -1.96
PARTICULAR = -2.72
ELSEWHERE = -1.60
# From here on a question counts as answered.
THRESHOLD = 0.43


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What speaks for the best entry, and against any."""

    # The logarithm of how far it is before the next entry.
    margin: float
    # Between what is asked that it speaks of, and what it says that is asked.
    agreement: float
    # The share of the question of which nothing here speaks.
    unknown: float
    # The logarithm of how much is said.
    length: float
    # Where only a topic is named: the share of the entry's question that is just that,
    # less where the next entry is near; and by how much the topic is too wide, as a
    # logarithm. Else both are 0.
    topic: float
    width: float
    # Asks for a deed or about one's own case; names another shop.
    particular: bool
    elsewhere: bool


def scores(question: Question, measures: Floats) -> Floats:
    on_topic = _on_topic(question, measures)
    combined: Floats = WEIGHTS @ measures + (TOPIC_WEIGHTS @ measures) * on_topic
    return combined


def _on_topic(question: Question, measures: Floats) -> npt.NDArray[np.bool_]:
    """The entries of the topic that the question names, if it does no more than that."""
    only_names = sum(question.telling.values()) <= FEW_WORDS and not (
        ASKING & question.telling.keys()
    )
    on_topic: npt.NDArray[np.bool_] = measures[COVERED] >= MOSTLY
    return on_topic & only_names


def evidence(
    index: Index, question: Question, *, measures: Floats, scored: Floats
) -> Evidence:
    """`scored` is 0 for what is not in force, and above 0 for at least one entry."""
    best = int(np.argmax(scored))
    coverage, unknown = index.coverage(question, best)
    asked = float(measures[ASKED, best])
    on_topic = _on_topic(question, measures) & (scored > 0)
    topical = bool(on_topic[best])
    lead = float(scored[best] - np.delete(scored, best).max(initial=0))
    return Evidence(
        margin=log1p(lead),
        agreement=2 * coverage * asked / max(coverage + asked, 1e-9),
        unknown=unknown,
        length=log1p(sum(question.telling.values())),
        topic=float(measures[NAMED, best]) * min(1.0, lead / NEAR) if topical else 0.0,
        width=max(0.0, log(int(on_topic.sum()) / WIDE)) if topical else 0.0,
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
        + TOPIC * seen.topic
        + WIDTH * seen.width
        + PARTICULAR * seen.particular
        + ELSEWHERE * seen.elsewhere
    )
    return 1 / (1 + exp(-z))
