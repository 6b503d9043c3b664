"""Questions that the knowledge base did not cover, kept for its editors."""

from datetime import datetime, timedelta

from kb.models import Entry, Gap

AGAIN = timedelta(hours=24)
LENGTH = 1000


def record_gap(
    question: str,
    *,
    language: str,
    at: datetime,
    nearest: str | None,
    confidence: float,
) -> Gap:
    """Keep the question; the same one within a day is not kept twice."""
    words = " ".join(question.split())[:LENGTH]
    known = Gap.objects.filter(
        question__iexact=words, language=language, asked_at__gt=at - AGAIN
    ).first()
    if known:
        return known
    entry = Entry.objects.filter(ref=nearest).first() if nearest else None
    return Gap.objects.create(
        question=words,
        language=language,
        asked_at=at,
        nearest=entry,
        confidence=confidence,
    )
