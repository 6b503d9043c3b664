"""Dates, written out or relative to the message's own time."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from bots.dialogue.understand.normalise import NUMERAL, WORD_NUMBERS, Said, number
from bots.dialogue.understand.slots import named_days, weekdays
from bots.dialogue.understand.slots.days import later, made, nearest
from bots.dialogue.understand.slots.found import Found, held

_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: at + 1 for at, name in enumerate(_MONTH_NAMES.split())}
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
    return made(match, int(match[1]), int(match[2]), int(match[3])) if match else None


def _month_day(text: str, today: date) -> Found[date] | None:
    match = re.search(
        rf"(\d{{1,2}}|{NUMERAL}{{1,3}})月\s?(\d{{1,2}}|{NUMERAL}{{1,3}})\s?(?:日|号)?",
        text,
    )
    if not match:
        return None
    return nearest(match, number(match[1]) or 0, number(match[2]) or 0, today)


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
        return made(match, int(year), _MONTHS[month[:3]], int(day))
    return nearest(match, _MONTHS[month[:3]], int(day), today)


def _slashed(text: str, today: date) -> Found[date] | None:
    match = re.search(
        r"(?<![\d/.])(\d{1,2})[/.](\d{1,2})(?:[/.](20\d\d|\d\d))?(?![\d/.%]|"
        r"\s?(?:stars?|星|分|kg|cm|元|块))",
        text,
    )
    told = match and (match[3] or _dated(text[: match.start()]))
    if not match or not (told or _DONE.match(text, match.end())):
        return None
    month, day = int(match[1]), int(match[2])
    month, day = (day, month) if month > 12 else (month, day)
    if match[3]:
        return made(match, int(match[3]) % 2000 + 2000, month, day)
    return nearest(match, month, day, today)


# "11.1下的单": what was done that day.
_DONE = re.compile(r"(?:号|日)?(?:下|买|拍|付|寄|收|订)(?:的|了|单)")


def _dated(before: str) -> bool:
    return bool(
        re.search(
            r"(?:\b(?:on|from|since|dated?|of|by|before|placed)|在|于|日期|我) ?$",
            before,
        )
    )


# "Arrived in two days" is no day ahead.
_TOOK = re.compile(
    r"\b(?:\w+ed|said|told|promised?|takes?|refunds?|came|took|got|here|was|were|done)\b[^.,!?]{0,20}$"
)


def _counted(text: str, today: date) -> Found[date] | None:
    match = re.search(
        rf"\b{_NUMBER} (day|week|fortnight|month|year)s?(?: (ago|back|before)\b)", text
    )
    later = re.search(
        rf"\bin {_NUMBER} (day|week|month)s?\b(?! time)|\b{_NUMBER} (day|"
        rf"week)s from now",
        text,
    )
    if match:
        return _moved(match, -_count(match[1]), match[2], today)
    if later and not _TOOK.search(text[: later.start()]):
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
    first = later(today.replace(day=1), months)
    return made(match, first.year, first.month, int(match[2]))


_DAYS_A = {"week": 7, "fortnight": 14}


# "改到5号", "by the 9th"; ring sizes and storeys have numbers too.
_ALONE = re.compile(
    r"(?:(?<=[到在于等是,，。 我的])|^)(\d{1,2})[号日](?=前|之前|以前|送|到|发|下|买|拍|的|以|寄|收|签|退|付|就|还|才|再|之后|后|那|晚|早|上午|"
    r"下午|左右|[\s,，。!！?？]|$)"
    r"|\b(?:the|on|by|until|till|before) (\d{1,2})(?:st|nd|rd|th)\b(?! (?:time|floor|one|order|item|street|avenue|"
    r"birthday|generation))"
)
_GONE = re.compile(
    r"[买下拍寄退付订收签发][^,，。]{0,2}[的了]|\b(?:ordered|bought|paid|sent|placed|arrived|delivered|since|returned|"
    r"received|shipped|was|were)\b"
)


def _alone(text: str, today: date) -> Found[date] | None:
    """Return a day that is told by its number only, in this month or beside it."""
    match = _ALONE.search(text)
    if not match:
        return None
    day = int(match[1] or match[2])
    return _ahead(match, day, today, (0, -1) if _GONE.search(text) else (0, 1))


def _ahead(
    match: re.Match[str], day: int, today: date, months: tuple[int, int]
) -> Found[date] | None:
    """Return such a day of this month, or of the other where this one's is wrong."""
    for month in months:
        first = later(today.replace(day=1), month)
        hit = made(match, first.year, first.month, day)
        if hit and (hit.value >= today if months[1] > 0 else hit.value <= today):
            return hit
    return None


def _moved(
    match: re.Match[str], count: int, unit: str, today: date
) -> Found[date] | None:
    if not count or abs(count) > 400:
        return None
    if unit in ("month", "year"):
        return held(match, later(today, count * (12 if unit == "year" else 1)))
    return held(match, today + timedelta(days=count * _DAYS_A.get(unit, 1)))


Rule = Callable[[str, date], Found[date] | None]
_RULES: tuple[Rule, ...] = (
    _written,
    _month_day,
    _named_month,
    _slashed,
    named_days.shifted,
    _counted,
    weekdays.english,
    weekdays.chinese,
    _day_of_month,
    _alone,
    named_days.feast,
)
