"""Each question that was not covered is kept once a day."""

from datetime import UTC, datetime, timedelta

import pytest

from kb.gaps import record_gap
from kb.models import Gap
from tests.kb.made import faq

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def record(question: str, *, at: datetime = AT, nearest: str | None = None) -> Gap:
    return record_gap(question, language="en", at=at, nearest=nearest, confidence=0.2)


def test_a_gap_knows_the_nearest_entry() -> None:
    entry = faq(ref="ship")
    gap = record("Do you ship to Mars?", nearest="ship")
    assert (gap.nearest, gap.confidence, gap.resolved) == (entry, 0.2, False)


def test_an_entry_that_is_gone_is_no_nearest() -> None:
    assert record("Do you ship to Mars?", nearest="gone").nearest is None


@pytest.mark.parametrize("again", ["do you ship to mars", "  Do you ship to\nMARS!! "])
def test_the_same_question_within_a_day_is_stored_once(again: str) -> None:
    first = record("Do you ship to Mars?")
    assert record(again, at=AT + timedelta(hours=23)) == first
    assert Gap.objects.count() == 1


def test_after_a_day_it_is_stored_again() -> None:
    record("Do you ship to Mars?")
    record("Do you ship to Mars?", at=AT + timedelta(hours=24))
    assert Gap.objects.count() == 2


def test_other_questions_are_other_gaps() -> None:
    for question in ("Do you ship to Mars?", "Do you ship to Venus?", "???", "!!!"):
        record(question)
    record_gap("???", language="zh", at=AT, nearest=None, confidence=0)
    assert Gap.objects.count() == 5


def test_a_question_too_long_for_the_column_is_cut() -> None:
    first = record("long " * 3_000)
    assert len(first.question) == 1000
    assert record("long " * 3_000) == first


def test_what_no_database_stores_is_left_out() -> None:
    assert record("a\0b").question == "ab"
