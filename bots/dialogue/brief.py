"""Values in a few words, for people who read a trace: short, and nobody's data in full."""

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

LONGEST = 160
MOST = 8
DEEPEST = 4
# What proves who one is, where one lives, or lets a write be done.
HIDDEN = frozenset(
    {"email", "phone", "phone_tail", "tail", "address", "token", "confirmation"}
)
# As tuples: every value of every call is asked.
_PLAIN, _WORDS = (bool, int, float), (str, Decimal, date)
_LISTS = (list, tuple, set, frozenset)
# Of what a row is known by, the first that it has.
_KEYS = ("number", "ref", "sku")
_EMAIL = re.compile(r"([\w.+-])[\w.+-]*@([\w-]+(?:\.[\w-]+)+)")
# A phone number within words.
_SHORT = 6  # no address is shorter
_DIGITS = re.compile(r"\+?\d{11,}")


def brief(value: Any, deep: int = 0) -> Any:
    """The value as short JSON; what belongs to a person is masked."""
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, _WORDS):
        return _words(str(value))
    if isinstance(value, Model):
        return _row(value)
    if deep == DEEPEST:
        return "…"
    if isinstance(value, _LISTS):
        return _listed(list(value), deep)
    if isinstance(value, dict):
        return _named(value.items(), deep)
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
        return _named(pairs, deep)
    return type(value).__name__


def masked(value: Any) -> Any:
    """What is left of a person's datum: enough to tell one from another, or nothing."""
    if not value:
        return value
    found = _EMAIL.fullmatch(value) if isinstance(value, str) else None
    return f"{found[1]}•••@{found[2]}" if found else "•••"


def _named(pairs: Iterable[tuple[Any, Any]], deep: int) -> dict[str, Any]:
    return {
        str(name): masked(value) if name in HIDDEN else brief(value, deep + 1)
        for name, value in pairs
    }


def _listed(values: list[Any], deep: int) -> list[Any]:
    shown = [brief(value, deep + 1) for value in values[:MOST]]
    more = len(values) - len(shown)
    return [*shown, f"… {more}"] if more else shown


def _words(text: str) -> str:
    if len(text) < _SHORT:
        return text
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    if "@" in text:
        text = _EMAIL.sub(r"\1•••@\2", text)
    return _DIGITS.sub("•••", text)


def _row(row: Model) -> str:
    """“order SO100183 (pending)”: never a customer's name."""
    key = next((getattr(row, name) for name in _KEYS if hasattr(row, name)), row.pk)
    status = getattr(row, "status", "")
    named = f"{type(row).__name__.lower()} {key}"
    return f"{named} ({status})" if status else named
