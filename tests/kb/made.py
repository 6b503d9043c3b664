"""The least that makes a FAQ."""

import itertools
from typing import Any, NoReturn

from kb.models import Entry, Translation

_numbers = itertools.count(1)


def faq(
    question: str = "How much is shipping?",
    answer: str = "It is free from ¥99.",
    *,
    variants: tuple[str, ...] = (),
    language: str = "en",
    **about: Any,
) -> Entry:
    defaults = {"ref": f"Q{next(_numbers):04}", "status": Entry.Status.PUBLISHED}
    entry = Entry.objects.create(**{**defaults, **about})
    say(entry, question, answer, variants=variants, language=language)
    return entry


def say(
    entry: Entry,
    question: str,
    answer: str = "It is free from ¥99.",
    *,
    variants: tuple[str, ...] = (),
    language: str = "en",
) -> Translation:
    """The entry in one more language."""
    translation = Translation.objects.create(
        entry=entry, language=language, question=question, answer=answer
    )
    translation.ask_also(list(variants))
    return translation


def broken(*args: object) -> NoReturn:
    """Stands in for whatever is to fail."""
    raise ZeroDivisionError
