"""Dates, written out or relative to the message's own time."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from bots.dialogue.understand.normalise import NUMERAL, WORD_NUMBERS, Said, number
from bots.dialogue.understand.slots import weekdays
from bots.dialogue.understand.slots.found import Found, held

_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: at + 1 for at, name in enumerate(_MONTH_NAMES.split())}
_SHIFTS = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "yesterday": -1,
    "last night": -1,
}
_SHIFTS |= {"the day before yesterday": -2, "day before yesterday": -2, "tomorrow": 1}
_SHIFTS |= {"the day after tomorrow": 2, "day after tomorrow": 2, "tmrw": 1, "tmr": 1}
_SHIFTS |= {"大前天": -3, "前天": -2, "昨天": -1, "昨晚": -1, "昨日": -1, "今天": 0}
_SHIFTS |= {
    "今晚": 0,
    "今早": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
}

_NUMBER = rf"(\d{{1,3}}|{'|'.join(WORD_NUMBERS)}|an?|a couple of|half a)"
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"


def find(said: Said, today: date) -> Found[date] | None:
    """Return the first date that is named, if it is one that exists."""
    hits = [hit for rule in _RULES for hit in [rule(said.folded, today)] if hit]
    return min(hits, key=lambda hit: (hit.start, -hit.end), default=None)


def _written(text: str, today: date) -> Found[date] | None:
    match = re.search(
        r"(?<!\d)(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?:日|号)?(?!\d)",
        text,
    )
    return _made(match, int(match[1]), int(match[2]), int(match[3])) if match else None


def _month_day(text: str, today: date) -> Found[date] | None:
    match = re.search(
        rf"(\d{{1,2}}|{NUMERAL}{{1,3}})月\s?(\d{{1,2}}|{NUMERAL}{{1,3}})\s?(?:日|号)?",
        text,
    )
    if not match:
        return None
    return _nearest(match, number(match[1]) or 0, number(match[2]) or 0, today)


def _named_month(text: str, today: date) -> Found[date] | None:
    match = re.search(
        rf"\b{_MONTH} (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (20\d\d))?", text
    )
    other = re.search(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (20\d\d))?", text
    )
    if match:
        month, day, year = match[1], match[2], match[3]
    elif other:
        match, month, day, year = other, other[2], other[1], other[3]
    else:
        return None
    if year:
        return _made(match, int(year), _MONTHS[month[:3]], int(day))
    return _nearest(match, _MONTHS[month[:3]], int(day), today)


def _slashed(text: str, today: date) -> Found[date] | None:
    match = re.search(
        r"(?<![\d/.])(\d{1,2})[/.](\d{1,2})(?:[/.](20\d\d|\d\d))?(?![\d/.%]|"
        r"\s?(?:stars?|星|分|kg|cm|元|块))",
        text,
    )
    if not match or not (match[3] or _dated(text[: match.start()])):
        return None
    month, day = int(match[1]), int(match[2])
    month, day = (day, month) if month > 12 else (month, day)
    if match[3]:
        return _made(match, int(match[3]) % 2000 + 2000, month, day)
    return _nearest(match, month, day, today)


def _dated(before: str) -> bool:
    return bool(
        re.search(
            r"(?:\b(?:on|from|since|dated?|of|by|before|placed)|在|于|日期|我) ?$",
            before,
        )
    )


def _shifted(text: str, today: date) -> Found[date] | None:
    words = "|".join(sorted(map(re.escape, _SHIFTS), key=len, reverse=True))
    match = re.search(
        rf"\b(?:{words})\b|{'|'.join(w for w in sorted(_SHIFTS, key=len, reverse=True) if not w.isascii())}",
        text,
    )
    return held(match, today + timedelta(days=_SHIFTS[match[0]])) if match else None


def _counted(text: str, today: date) -> Found[date] | None:
    match = re.search(
        rf"\b{_NUMBER} (day|week|month|year)s?(?: (ago|back|before)\b)", text
    )
    later = re.search(
        rf"\bin {_NUMBER} (day|week|month)s?\b(?! time)|\b{_NUMBER} (day|"
        rf"week)s from now",
        text,
    )
    if match:
        return _moved(match, -_count(match[1]), match[2], today)
    if later:
        return _moved(later, _count(later[1] or later[3]), later[2] or later[4], today)
    return _counted_han(text, today)


def _counted_han(text: str, today: date) -> Found[date] | None:
    match = re.search(
        rf"(\d{{1,3}}|{NUMERAL}{{1,4}}|半)\s?(天|日|个?星期|周|个?礼拜|个?月|年)(?:多)?(以前|之前|前|后|"
        rf"以后|之后)(?!发货|到货|内)",
        text,
    )
    if not match:
        return None
    unit = {"天": "day", "日": "day", "月": "month", "年": "year"}.get(
        match[2].strip("个"), "week"
    )
    sign = -1 if "前" in match[3] else 1
    if match[1] == "半":
        days = {"month": 15, "year": 182, "week": 3, "day": 0}[unit]
        return held(match, today + timedelta(days=sign * days))
    return _moved(match, sign * (number(match[1]) or 0), unit, today)


def _count(word: str) -> int:
    return (
        {"a": 1, "an": 1, "a couple of": 2, "half a": 0}.get(word) or number(word) or 0
    )


def _day_of_month(text: str, today: date) -> Found[date] | None:
    match = re.search(r"(上个?月|这个?月|本月|下个?月)(\d{1,2})(?:日|号)?", text)
    if not match:
        return None
    months = {"上": -1, "下": 1}.get(match[1][0], 0)
    first = _months(today.replace(day=1), months)
    return _made(match, first.year, first.month, int(match[2]))


def _moved(
    match: re.Match[str], count: int, unit: str, today: date
) -> Found[date] | None:
    if not count or abs(count) > 400:
        return None
    if unit in ("month", "year"):
        return held(match, _months(today, count * (12 if unit == "year" else 1)))
    return held(match, today + timedelta(days=count * (7 if unit == "week" else 1)))


def _months(day: date, count: int) -> date:
    month = day.year * 12 + day.month - 1 + count
    year, at = min(max(month // 12, 1), 9998), month % 12 + 1
    return date(year, at, min(day.day, monthrange(year, at)[1]))


def _nearest(
    match: re.Match[str], month: int, day: int, today: date
) -> Found[date] | None:
    """Return the day of the year that lies nearest to today."""
    years = (today.year - 1, today.year, today.year + 1)
    hits = [hit for hit in (_made(match, year, month, day) for year in years) if hit]
    return min(hits, key=lambda hit: abs(hit.value - today), default=None)


def _made(match: re.Match[str], year: int, month: int, day: int) -> Found[date] | None:
    if not (1 <= year <= 9998 and 1 <= month <= 12):
        return None
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    return held(match, date(year, month, day))


Rule = Callable[[str, date], Found[date] | None]
_RULES: tuple[Rule, ...] = (
    _written,
    _month_day,
    _named_month,
    _slashed,
    _shifted,
    _counted,
    weekdays.english,
    weekdays.chinese,
    _day_of_month,
)
