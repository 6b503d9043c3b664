"""Reads single JSON values: each function returns the typed value or raises."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from orders.importing.errors import LineError
from orders.text import UNDETERMINED, Localized

Choice = TypeVar("Choice", bound=TextChoices)

LONG_TEXT = 20_000
# The largest whole number and amount that the columns hold.
_MOST = 2**31 - 1
_WHOLE_DIGITS = 10
_CENT = Decimal("0.01")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_AMOUNT = re.compile(r"-?(\d+)(?:\.(\d+))?", re.ASCII)
# What nearly all amounts look like.
_PLAIN_AMOUNT = re.compile(r"\d{1,10}\.\d\d", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_USUAL = frozenset({"zh", "en"})
_YEARS = range(1970, 3000)


def string(value: object, limit: int) -> str:
    if not isinstance(value, str):
        raise LineError(_("must be text"))
    if len(value) > limit:
        raise LineError(_("is longer than %(limit)d characters") % {"limit": limit})
    # Quick where nothing is odd: what either of them holds cannot be printed.
    if not value.isprintable() and _UNSTORABLE.search(value):
        raise LineError(_("holds a NUL or half a character"))
    return value


def language(value: object) -> str:
    tag = string(value, 16)
    if not _LANGUAGE.fullmatch(tag):
        raise LineError(_("“%(value)s” is no language") % {"value": tag})
    return tag


def text(value: object, limit: int) -> str | Localized:
    """Read `"text"` or `{"zh": "…", "en": "…"}`; null counts as absent."""
    if isinstance(value, str):
        return string(value, limit)
    if not isinstance(value, dict):
        raise LineError(_("must be text or an object of languages"))
    return {
        key if key in _USUAL else language(key): string(said, limit)
        for key, said in value.items()
        if said is not None
    }


def localized(value: object) -> Localized:
    """Read text of either form into an object of languages."""
    found = text(value, LONG_TEXT)
    if isinstance(found, dict):
        return found
    return {UNDETERMINED: found} if found else {}


def choice(value: object, kinds: type[Choice]) -> Choice:
    try:
        return kinds(string(value, LONG_TEXT))
    except LineError:
        raise
    except ValueError:
        raise LineError(
            _("unknown value “%(value)s”, must be one of: %(known)s")
            % {"value": value, "known": ", ".join(kinds.values)}
        ) from None


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise LineError(_("must be true or false"))
    return value


def whole(value: object, least: int) -> int:
    # A bool is an int to Python.
    if not isinstance(value, int) or isinstance(value, bool):
        raise LineError(_("must be a whole number"))
    if not least <= value <= _MOST:
        raise LineError(
            _("must be from %(least)d to %(most)d") % {"least": least, "most": _MOST}
        )
    return value


def amount(value: object) -> Decimal:
    if isinstance(value, str) and _PLAIN_AMOUNT.fullmatch(value):
        return Decimal(value)
    found = signed(value)
    if found.is_signed():
        raise LineError(_("must not be negative"))
    return found


def signed(value: object) -> Decimal:
    """Read an amount that may be below 0."""
    match = _AMOUNT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise LineError(_("must be a decimal string such as “399.00”"))
    digits, decimals = match.groups()
    # Some shops' databases keep, and export, four decimals: “399.0000”.
    if len((decimals or "").rstrip("0")) > 2:
        raise LineError(_("has more than two decimals"))
    if len(digits.lstrip("0")) > _WHOLE_DIGITS:
        raise LineError(_("is too large"))
    return Decimal(match.string).quantize(_CENT)


def moment(value: object) -> datetime:
    try:
        local = datetime.fromisoformat(string(value, 40))
        utc = local.astimezone(UTC) if local.tzinfo else None
    except (ValueError, OverflowError) as error:
        raise LineError(_("is no time such as “2026-11-01T09:30:00+08:00”")) from error
    if utc is None:
        raise LineError(_("is a time without its offset from UTC"))
    if utc.year not in _YEARS:
        raise LineError(_("is too far away"))
    return utc


def day(value: object) -> date:
    try:
        return date.fromisoformat(string(value, 10))
    except ValueError as error:
        raise LineError(_("is no date such as “2026-11-04”")) from error
