"""Days of the week, before or after the message."""

import re
from datetime import date, timedelta

from bots.dialogue.understand.slots.found import Found, held

_DAYS = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4}
_DAYS |= {"saturday": 5, "sunday": 6, "mon": 0, "tue": 1, "tues": 1, "wed": 2}
_DAYS |= {"thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_HAN_DAYS = {day: at for at, day in enumerate("一二三四五六日")} | {"天": 6, "末": 5}
_HAN_DAYS |= {str(at + 1): at for at in range(6)}

_DAY = "|".join(sorted(_DAYS, key=len, reverse=True))
# What was done, or is to be done, on the day.
_PAST = re.compile(
    r"\b(?:\w+ed|bought|sent|was|were|paid|got|came|since|did|took|taken|gave|went|said|told|brought|"
    r"left|made|had|spent|found|lost|put|wrote|rang|been)\b"
    r"|(?:买|下|拍|寄|退|取消|付|收|发|签|订|换|申请|说|联系|投诉|打|问|催|提交|修|充|到)[^,，。]{0,3}[的了过]|"
    r"收到|签收|就(?:说|显示|发|付|退|寄)|显示|说好|到现在|[买下拍寄退付订][的了]"
)
_AHEAD = re.compile(
    r"\b(?:by|before|will|need|needs|until|till|next|can|could|arrive|deliver|come|move|change|reschedule|"
    r"instead|want|please|pls)\b|能|要|之前|前到|[再才]?送|改|等到|请|帮"
)


def english(text: str, today: date) -> Found[date] | None:
    match = re.search(
        rf"\b(?:(last|this|next|on|by|before|until|since|this past|past|"
        rf"coming) )?({_DAY})\b(?! ?(?:sale|deal))",
        text,
    )
    if not match or (match[2] in ("sun", "sat", "mon", "wed") and not match[1]):
        return None
    ahead = (_DAYS[match[2]] - today.weekday()) % 7
    past = ahead - 7 if ahead else -7
    if match[1] in ("last", "this past", "past", "since"):
        return held(match, today + timedelta(days=past))
    if match[1] == "next":
        return held(match, today + timedelta(days=ahead or 7))
    if match[1] in ("this", "by", "before", "until", "coming") or not _before(
        text, match.start()
    ):
        return held(match, today + timedelta(days=ahead))
    return held(match, today + timedelta(days=past if ahead else 0))


def _before(text: str, at: int) -> bool:
    """Tell whether what happens on the day at `at` is over: by the verb before it."""
    if _PAST.search(text[max(0, at - 40) : at]):
        return True
    return bool(_PAST.search(text)) and not _AHEAD.search(text)


def chinese(text: str, today: date) -> Found[date] | None:
    match = _HAN_WEEK.search(text)
    if not match:
        return None
    monday = today - timedelta(days=today.weekday())
    weeks = {"上上": -14, "上": -7, "下": 7, "下下": 14}.get(match[1] or "", 0)
    day = monday + timedelta(days=weeks + _HAN_DAYS[match[2]])
    if match[1]:
        return held(match, day)
    return held(match, _nearer(text, day, today))


_HAN_WEEK = re.compile(
    r"(上上|上|这|本|下下|下)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天末1-6])(?![年天个件次])"
)


def _nearer(text: str, day: date, today: date) -> date:
    """Return the day in the week before or after, where that is what is told."""
    past = bool(_PAST.search(text)) and not _AHEAD.search(text)
    if day > today and past:
        return day - timedelta(days=7)
    if day < today and not _PAST.search(text):
        return day + timedelta(days=7)
    return day
