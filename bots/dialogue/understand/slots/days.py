"""Days that exist, found from their parts."""

import re
from calendar import monthrange
from datetime import date

from bots.dialogue.understand.slots.found import Found, held


def made(match: re.Match[str], year: int, month: int, day: int) -> Found[date] | None:
    if not (1 <= year <= 9998 and 1 <= month <= 12):
        return None
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    return held(match, date(year, month, day))


def nearest(
    match: re.Match[str], month: int, day: int, today: date
) -> Found[date] | None:
    """Return the day of the year that lies nearest to today."""
    years = (today.year - 1, today.year, today.year + 1)
    hits = [hit for hit in (made(match, year, month, day) for year in years) if hit]
    return min(hits, key=lambda hit: abs(hit.value - today), default=None)


def later(day: date, count: int) -> date:
    month = day.year * 12 + day.month - 1 + count
    year, at = min(max(month // 12, 1), 9998), month % 12 + 1
    return date(year, at, min(day.day, monthrange(year, at)[1]))
