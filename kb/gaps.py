"""Questions that nothing here answers, kept once a day for the staff to fill."""

from datetime import datetime, timedelta

from kb.models import Entry, Gap
from kb.retrieval.text import normalise

AGAIN = timedelta(hours=24)
LONGEST = 1000
LONGEST_LANGUAGE = 16


def record_gap(
    question: str,
    *,
    language: str,
    at: datetime,
    nearest: str | None,
    confidence: float,
) -> Gap:
    """Returns the gap of the same question where one was stored within the last day.

    `nearest` is the ref of the entry that came closest.
    """
    question = " ".join(question.replace("\0", "").split())[:LONGEST]
    language = language[:LONGEST_LANGUAGE]
    recent = Gap.objects.filter(asked_at__gt=at - AGAIN, asked_at__lte=at)
    for gap in recent.filter(language=language).order_by("-asked_at"):
        if same(gap.question, question):
            return gap
    return Gap.objects.create(
        question=question,
        language=language,
        asked_at=at,
        nearest=Entry.objects.filter(ref=nearest).first() if nearest else None,
        confidence=confidence,
    )


def same(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    """The question without case, width, spaces and punctuation; itself if only those."""
    plain = normalise(text, LONGEST)
    return "".join(letter for letter in plain if letter.isalnum()) or plain
