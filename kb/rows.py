"""A line of a FAQ file as a checked value, and back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

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
        name: _text(name, cells.get(name))
        for name in COLUMNS
        if name not in ("variants", "category")
    }
    texts["category"] = _category(cells.get("category"))
    for name in NEEDED:
        if cells.get(name) is None:
            raise RowError(_("missing column %(name)s") % {"name": name})
        if not texts[name]:
            raise RowError(_("empty %(name)s") % {"name": name})
    for name, longest in LONGEST.items():
        if len(texts[name]) > longest:
            raise RowError(
                _("%(name)s is longer than %(limit)d characters")
                % {"name": name, "limit": longest}
            )
    if not re.fullmatch(LANGUAGE_TAG, texts["language"]):
        raise RowError(
            _("bad language tag %(value)s") % {"value": _short(texts["language"])}
        )
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
        raise RowError(
            _("unknown status %(value)s") % {"value": _short(texts["status"])}
        )
    about = About(
        category=texts["category"],
        status=texts["status"],
        valid_from=_moment("valid_from", texts["valid_from"]),
        valid_to=_moment("valid_to", texts["valid_to"]),
    )
    if about.valid_from and about.valid_to and about.valid_to <= about.valid_from:
        raise RowError(_("bad date: valid_to is not after valid_from"))
    return about


def clean(text: str) -> str:
    """As files hold it: one kind of line end, nothing around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _text(name: str, cell: object) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        raise RowError(_("%(name)s is not text") % {"name": name})
    if "\0" in cell:
        raise RowError(_("%(name)s holds a NUL character") % {"name": name})
    # JSON can spell half of a character, which no database stores.
    if any("\ud800" <= letter <= "\udfff" for letter in cell):
        raise RowError(_("%(name)s is not valid Unicode") % {"name": name})
    return clean(cell)


def _category(cell: object) -> str:
    """Of an object of languages the English text, else the first that there is.

    An entry has one category, so an export does not give such an object back.
    """
    if not isinstance(cell, dict):
        return _text("category", cell)
    texts = {language: _text("category", said) for language, said in cell.items()}
    return texts.get("en") or next(filter(None, texts.values()), "")


def _variants(cell: object) -> tuple[str, ...]:
    if isinstance(cell, list):
        parts = [_text("variants", part) for part in cell]
        if any(SEPARATOR in part for part in parts):
            raise RowError(_("a variant holds “|”"))
    else:
        parts = [part.strip() for part in _text("variants", cell).split(SEPARATOR)]
    if any(len(part) > LONGEST_VARIANT for part in parts):
        raise RowError(
            _("a variant is longer than %(limit)d characters")
            % {"limit": LONGEST_VARIANT}
        )
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
            raise _bad_date(name, text)
        if timezone.is_naive(moment):
            moment = timezone.make_aware(moment)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _bad_date(name, text) from None


def _bad_date(name: str, text: str) -> RowError:
    return RowError(
        _("bad date in %(name)s: %(value)s") % {"name": name, "value": _short(text)}
    )


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")


def written(moment: datetime | None) -> str:
    """The shortest text that is read as the same moment."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    midnight = local.time().isoformat() == "00:00:00"
    return local.date().isoformat() if midnight else local.isoformat()
