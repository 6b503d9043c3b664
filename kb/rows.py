"""A line of a FAQ file as a checked value, and back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from kb.models import SEPARATOR, Entry

COLUMNS = (
    "ref",
    "language",
    "category",
    "question",
    "variants",
    "answer",
    "status",
    "valid_from",
    "valid_to",
)
NEEDED = ("ref", "language", "question", "answer", "status")
LONGEST = {"ref": 64, "language": 16, "category": 64, "question": 500, "answer": 20_000}
LONGEST_VARIANT = 500

LANGUAGE_TAG = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*"


class RowError(Exception):
    """A line that cannot be taken; its words are the reason, for the shop to read."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What all languages of an entry share."""

    category: str
    status: str
    valid_from: datetime | None
    valid_to: datetime | None


@dataclass(frozen=True, kw_only=True)
class Row:
    ref: str
    language: str
    question: str
    variants: tuple[str, ...]
    answer: str
    about: About


def parse(cells: Mapping[str, object]) -> Row:
    """Raises RowError with the first thing that is wrong."""
    texts = {
        name: _text(name, cells.get(name)) for name in COLUMNS if name != "variants"
    }
    for name in NEEDED:
        if cells.get(name) is None:
            raise RowError(f"missing column {name}")
        if not texts[name]:
            raise RowError(f"empty {name}")
    for name, longest in LONGEST.items():
        if len(texts[name]) > longest:
            raise RowError(f"{name} is longer than {longest} characters")
    if not re.fullmatch(LANGUAGE_TAG, texts["language"]):
        raise RowError(f"bad language tag {texts['language']!r}")
    return Row(
        ref=texts["ref"],
        language=texts["language"],
        question=texts["question"],
        variants=_variants(cells.get("variants")),
        answer=texts["answer"],
        about=_about(texts),
    )


def _about(texts: Mapping[str, str]) -> About:
    if texts["status"] not in Entry.Status.values:
        raise RowError(f"unknown status {_short(texts['status'])}")
    about = About(
        category=texts["category"],
        status=texts["status"],
        valid_from=_moment("valid_from", texts["valid_from"]),
        valid_to=_moment("valid_to", texts["valid_to"]),
    )
    if about.valid_from and about.valid_to and about.valid_to <= about.valid_from:
        raise RowError("bad date: valid_to is not after valid_from")
    return about


def clean(text: str) -> str:
    """As files hold it: one kind of line end, nothing around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _text(name: str, cell: object) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        raise RowError(f"{name} is not text")
    if "\0" in cell:
        raise RowError(f"{name} holds a NUL character")
    # JSON can spell half of a character, which no database stores.
    if any("\ud800" <= letter <= "\udfff" for letter in cell):
        raise RowError(f"{name} is not valid Unicode")
    return clean(cell)


def _variants(cell: object) -> tuple[str, ...]:
    if isinstance(cell, list):
        parts = [_text("variants", part) for part in cell]
        if any(SEPARATOR in part for part in parts):
            raise RowError(f"a variant holds {SEPARATOR!r}")
    else:
        parts = [part.strip() for part in _text("variants", cell).split(SEPARATOR)]
    if any(len(part) > LONGEST_VARIANT for part in parts):
        raise RowError(f"a variant is longer than {LONGEST_VARIANT} characters")
    return tuple(dict.fromkeys(part for part in parts if part))


def _moment(name: str, text: str) -> datetime | None:
    """A date means its first moment in the shop's time zone."""
    if not text:
        return None
    try:
        moment = parse_datetime(text)
        if moment is None and (day := parse_date(text)):
            moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - made aware below
        if moment is None:
            raise RowError(f"bad date in {name}: {_short(text)}")
        if timezone.is_naive(moment):
            moment = timezone.make_aware(moment)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise RowError(f"bad date in {name}: {_short(text)}") from None


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")


def written(moment: datetime | None) -> str:
    """The shortest text that is read as the same moment."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    midnight = local.time().isoformat() == "00:00:00"
    return local.date().isoformat() if midnight else local.isoformat()
