"""Days with names: tomorrow, Christmas."""

import re
from datetime import date, timedelta

from bots.dialogue.understand.slots.found import Found, held

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
_SHIFTS |= {"今晚": 0, "今早": 0, "今日": 0, "今儿": 0, "明天": 1, "明日": 1, "明早": 1}
_SHIFTS |= {"明晚": 1, "明儿": 1, "后天": 2, "大后天": 3, "前日": -2, "前晚": -2}
_SHIFTS |= {"昨儿": -1, "后日": 2, "yday": -1, "yest": -1, "yesterdays": -1, "2moro": 1}
_SHIFTS |= {"tommorow": 1, "tomorow": 1, "tommorrow": 1, "tomo": 1, "tonite": 0}
# Days with a name; said as when something is to be there.
_FEASTS = {"christmas eve": (12, 24), "christmas": (12, 25), "xmas": (12, 25)}
_FEASTS |= {"new year's eve": (12, 31), "new year's": (1, 1), "new years": (1, 1)}
_FEASTS |= {"valentine's": (2, 14), "valentines": (2, 14), "halloween": (10, 31)}
_FEASTS |= {"平安夜": (12, 24), "圣诞": (12, 25), "元旦": (1, 1), "情人节": (2, 14)}
_FEASTS |= {"五一": (5, 1), "六一": (6, 1), "国庆": (10, 1), "双十二": (12, 12)}
_FEASTS |= {"双十一": (11, 11), "双11": (11, 11), "双12": (12, 12)}
_FEAST = "|".join(sorted(_FEASTS, key=len, reverse=True))


def shifted(text: str, today: date) -> Found[date] | None:
    words = "|".join(sorted(map(re.escape, _SHIFTS), key=len, reverse=True))
    match = re.search(
        rf"\b(?:{words})\b|{'|'.join(w for w in sorted(_SHIFTS, key=len, reverse=True) if not w.isascii())}",
        text,
    )
    return held(match, today + timedelta(days=_SHIFTS[match[0]])) if match else None


def feast(text: str, today: date) -> Found[date] | None:
    """Return the next day of that name, where something is wanted by then."""
    match = re.search(
        rf"\b(?:by|before|until|till|on|for) ({_FEAST})(?! (?:gift|present|card|sale|tree|deal))"
        rf"|({_FEAST})节?(?:夜|当天|那天)?(?:之前|以前|前|那天|当天)",
        text,
    )
    if not match:
        return None
    month, day = _FEASTS[match[1] or match[2]]
    here = date(today.year, month, day)
    return held(match, here if here >= today else here.replace(year=today.year + 1))
