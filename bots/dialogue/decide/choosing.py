"""Which of the things offered last is meant: by value, label, number or place."""

import re
import unicodedata
from collections.abc import Sequence

from bots.dialogue.state import Choice

ORDINALS = {
    "first": 0,
    "1st": 0,
    "second": 1,
    "2nd": 1,
    "third": 2,
    "3rd": 2,
    "fourth": 3,
    "4th": 3,
    "fifth": 4,
    "5th": 4,
    "last": -1,
    "最后": -1,
}
CHINESE_DIGITS = "一二三四五六七八九"
ENGLISH = re.compile(
    r"^(?:i (?:mean|want|choose) )?(?:the |number |no\.? ?|option )*"
    r"(first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)"
    r"(?: one| item| order)?(?: please| pls)?$"
)
CHINESE = re.compile(
    r"^(?:我?(?:要|选|说的是|是)?)?(?:第([一二三四五六七八九\d])|(最后)一?)"
    r"[个件条款双单]?(?:订单|商品)?吧?$"
)
NUMBER = re.compile(r"^(?:no\.? ?|number |option |选)?\(?([1-9])[.。)]?$")


def pick(text: str, choices: Sequence[Choice]) -> Choice | None:
    """Return the choice that the words stand for, or None."""
    if not choices:
        return None
    plain = _plain(text)
    for choice in choices:
        if plain in {_plain(choice.value), _plain(choice.label)}:
            return choice
    place = _place(plain)
    if place is None:
        return None
    selectable = [choice for choice in choices if not _is_aside(choice)]
    if place >= len(selectable):
        return None
    return selectable[place] if selectable else None


def _is_aside(choice: Choice) -> bool:
    """Buttons beside a list ("never mind") are not counted in it."""
    return choice.value in {"cancel", "human", "everything"}


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded.strip(" \t\n.!?。！？,，#")


def _place(plain: str) -> int | None:
    if found := NUMBER.match(plain):
        return int(found[1]) - 1
    if found := ENGLISH.match(plain):
        return ORDINALS[found[1]]
    if found := CHINESE.match(plain):
        if found[2]:
            return ORDINALS[found[2]]
        digit = found[1]
        return int(digit) - 1 if digit.isdigit() else CHINESE_DIGITS.index(digit)
    return None
