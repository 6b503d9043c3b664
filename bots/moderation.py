"""The watched words of the console: found in what is said, masked in what is sent."""

import re
import threading
import time
import unicodedata
from dataclasses import dataclass

from bots.models import Term

# A change in the console is heard of by every process within these seconds.
_FRESH = 10.0
_MASK = "*"


@dataclass(frozen=True, kw_only=True)
class _Lists:
    shopper: re.Pattern[str] | None
    shop: re.Pattern[str] | None
    read_at: float


_lock = threading.Lock()
_held: list[_Lists] = []


def forget() -> None:
    """Read the lists anew the next time."""
    with _lock:
        _held.clear()


def heard(text: str) -> list[str]:
    """Return the watched words that a shopper said."""
    known = _lists().shopper
    return known.findall(_fold(text)) if known else []


def masked(text: str) -> str:
    """Return `text` with the words that are not to be sent starred out."""
    known = _lists().shop
    if not known:
        return text
    for found in known.finditer(_fold(text)):
        hidden = _MASK * (found.end() - found.start())
        text = text[: found.start()] + hidden + text[found.end() :]
    return text


def _lists() -> _Lists:
    with _lock:
        if not _held or time.monotonic() - _held[0].read_at > _FRESH:
            _held[:] = [_read()]
        return _held[0]


def _read() -> _Lists:
    words = Term.objects.values_list("side", "phrase")
    by_side: dict[str, list[str]] = {side: [] for side in Term.Side.values}
    for side, phrase in words:
        by_side[side].append(_fold(phrase.strip()))
    return _Lists(
        shopper=_pattern(by_side[Term.Side.SHOPPER]),
        shop=_pattern(by_side[Term.Side.SHOP]),
        read_at=time.monotonic(),
    )


def _fold(text: str) -> str:
    """Return `text` in small, narrow letters, as long as before."""
    narrow = ((c, unicodedata.normalize("NFKC", c).lower()) for c in text)
    return "".join(small if len(small) == 1 else c for c, small in narrow)


def _pattern(phrases: list[str]) -> re.Pattern[str] | None:
    """Return what finds the phrases; a Latin one only as whole words."""
    longest = sorted(filter(None, set(phrases)), key=len, reverse=True)
    if not longest:
        return None
    return re.compile("|".join(map(_whole, longest)))


def _whole(phrase: str) -> str:
    start = r"(?<![a-z0-9])" if phrase[0].isascii() and phrase[0].isalnum() else ""
    end = r"(?![a-z0-9])" if phrase[-1].isascii() and phrase[-1].isalnum() else ""
    return start + re.escape(phrase) + end
