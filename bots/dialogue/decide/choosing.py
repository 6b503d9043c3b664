"""Which of the things offered last is meant: by value, label, number or place."""

import re
import unicodedata
from collections.abc import Sequence

from bots.dialogue.state import Choice

_WORDS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]
_SHORT = ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th"]
ORDINALS = {word: at for words in (_WORDS, _SHORT) for at, word in enumerate(words)}
ORDINALS |= {"last": -1, "最后": -1}
CHINESE_DIGITS = "一二三四五六七八九十"

_ORDINAL = "|".join(word for word in ORDINALS if word.isascii())
_DIGIT = rf"第([{CHINESE_DIGITS}]|\d{{1,2}})"
ENGLISH = re.compile(
    r"^(?:and |then |what about |how about |i (?:mean|want|choose) )*"
    rf"(?:the |number |no\.? ?|option )*({_ORDINAL})"
    r"(?: one| item| order| product)?(?: too| as well| also)?(?: please| pls)?$"
)
CHINESE = re.compile(
    rf"^(?:那|还有|我)?(?:想?要|选|说的是|是|看看?|查)?(?:{_DIGIT}|(最后)一?)"
    r"[个件条款双单]?(?:订单|商品)?[呢吧]?$"
)
NUMBER = re.compile(r"^(?:no\.? ?|number |option |选)?\(?([1-9])[.。)]?$")
# The same inside a longer sentence: "cancel the second one too".
_AMID = re.compile(
    rf"\bthe ({_ORDINAL})(?: (?:one|order|item|product)\b|$)"
    rf"|{_DIGIT}[个件条款双单]|(最后)一[个件条款双单]"
)
# Buttons beside a list are not counted in it, and no place stands for a yes.
_ASIDES = frozenset({"cancel", "human", "everything"})
_ANSWERS = ("yes:", "no:")


def pick(text: str, choices: Sequence[Choice]) -> Choice | None:
    """Return the choice that the words stand for, or None."""
    plain = _plain(text)
    for choice in choices:
        if plain in {_plain(choice.value), _plain(choice.label)}:
            return choice
    at, found = place(text), listed(choices)
    return found[at] if at is not None and at < len(found) and found else None


def place(text: str) -> int | None:
    """Return the place that the whole text names, from 0 (-1: the last), or None."""
    plain = _plain(text)
    if found := NUMBER.match(plain):
        return int(found[1]) - 1
    return _ordinal(ENGLISH.match(plain) or CHINESE.match(plain))


def place_amid(text: str) -> int | None:
    """Return the place that is named somewhere in the text, or None."""
    at = place(text)
    return at if at is not None else _ordinal(_AMID.search(_plain(text)))


def listed(choices: Sequence[Choice]) -> list[Choice]:
    """Return what can be picked by its place."""
    return [
        choice
        for choice in choices
        if choice.value not in _ASIDES and not choice.value.startswith(_ANSWERS)
    ]


def is_beyond(text: str, choices: Sequence[Choice]) -> bool:
    """Whether the whole text names a place that the list does not have."""
    at, found = place(text), listed(choices)
    return bool(found) and at is not None and at >= len(found)


def _ordinal(found: re.Match[str] | None) -> int | None:
    said = next(filter(None, found.groups()), "") if found else ""
    if not said:
        return None
    if said in ORDINALS:
        return ORDINALS[said]
    return (int(said) if said.isdigit() else CHINESE_DIGITS.index(said) + 1) - 1


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded.strip(" \t\n.!?。！？,，#")
