"""The ways in which each entry's question is asked: what a new encoder learns from."""

from django.db.models import QuerySet

from kb.models import Entry, Translation


def wordings(language: str) -> dict[int, list[str]]:
    """By entry, its question and variants in `language` or in a sister of it."""
    return {
        text.entry_id: [text.question, *(v.text for v in text.variants.all())]
        for text in _translations(language).prefetch_related("variants")
    }


def answers(language: str) -> dict[str, int]:
    """The entries by the answers they give in `language`, word for word."""
    return dict(_translations(language).values_list("answer", "entry_id"))


def _translations(language: str) -> QuerySet[Translation]:
    return Translation.objects.filter(
        entry__in=Entry.objects.published(), language__istartswith=language
    )
