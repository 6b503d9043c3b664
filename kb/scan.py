"""The plain way to search, for when the index fails: slow and crude, never silent."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from kb.models import Entry
from kb.retrieval.text import normalise

# Likeness of letter pairs from which on an entry is taken to answer.
ALIKE = 0.6


def scan(query: str, at: datetime) -> list[tuple[float, int]]:
    """Entries in force by likeness of question or variant, best first: (0..1, id)."""
    asked = _pairs(query)
    if not asked:
        return []
    scored = [
        (max(_likeness(asked, _pairs(phrase)) for phrase in phrases), pk)
        for pk, phrases in _phrases(at)
    ]
    return sorted((pair for pair in scored if pair[0] > 0), key=lambda p: (-p[0], p[1]))


def _phrases(at: datetime) -> Iterable[tuple[int, list[str]]]:
    entries = Entry.objects.in_force(at).prefetch_related("translations__variants")
    for entry in entries.iterator(chunk_size=500):
        phrases = [
            phrase
            for translation in entry.translations.all()
            for phrase in (
                translation.question,
                *(variant.text for variant in translation.variants.all()),
            )
        ]
        if phrases:
            yield entry.pk, phrases


def _pairs(text: str) -> frozenset[str]:
    letters = "".join(letter for letter in normalise(text) if letter.isalnum())
    return frozenset(a + b for a, b in pairwise(letters)) or frozenset(letters)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / max(len(one) + len(other), 1)
