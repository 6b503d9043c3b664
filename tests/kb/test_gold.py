"""How well labelled questions are answered; the "report" half was never fitted on."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from kb.importing import import_faqs
from kb.search import search
from tests.kb.gold import FAQS, LANGUAGES, Asked, published, questions, ways_to_ask

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, tzinfo=UTC)


@dataclass(frozen=True)
class Figures:
    # Of the answerable: the right entry first; answered; answered with the right one.
    first: float
    answered: float
    rightly: float
    # Of the others: answered all the same.
    false: float


# Measured when the numbers were fitted, less a margin of about two questions.
FLOORS = {
    "zh": Figures(first=0.88, answered=0.84, rightly=0.79, false=0.15),
    "en": Figures(first=0.81, answered=0.77, rightly=0.73, false=0.19),
}


def measure(language: str) -> Figures:
    import_faqs(FAQS)
    asked = questions(language, "report")
    found = [(a, search(a.query, language=language, at=AT)) for a in asked]
    known = [(a, r) for a, r in found if a.ref]
    other = [r for a, r in found if not a.ref]
    right = [r for a, r in known if r.hits and r.hits[0].ref == a.ref]
    return Figures(
        first=len(right) / len(known),
        answered=sum(r.answerable for _, r in known) / len(known),
        rightly=sum(r.answerable for r in right) / len(known),
        false=sum(r.answerable for r in other) / len(other),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_stay_above_their_floors(language: str) -> None:
    figures, floor = measure(language), FLOORS[language]
    assert figures.first >= floor.first
    assert figures.answered >= floor.answered
    assert figures.rightly >= floor.rightly
    assert figures.false <= floor.false


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gold_is_large_and_its_halves_share_no_question(language: str) -> None:
    fit, report = questions(language, "fit"), questions(language, "report")
    for part in (fit, report):
        kinds = Counter(asked.ref is None for asked in part)
        assert kinds[False] >= 50
        assert kinds[True] >= 30
    assert not {a.query for a in fit} & {a.query for a in report}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_is_a_variant_word_for_word(language: str) -> None:
    text = FAQS.read_text("utf-8")
    asked: list[Asked] = [*questions(language, "fit"), *questions(language, "report")]
    # The few words that name a topic stand in many a text.
    longest_topic = {"zh": 8, "en": 22}[language]
    answerable = [a.query for a in asked if a.ref and len(a.query) > longest_topic]
    assert len(answerable) > 80
    assert not [query for query in answerable if query in text]
    phrases = {phrase for row in published() for phrase in ways_to_ask(row)}
    assert not {a.query for a in asked} & phrases
