"""Bringing what was typed into one shape before anything reads it."""

import re
import unicodedata
from dataclasses import dataclass

from bots.dialogue.understand.simplified import simplify

# Nobody says more in one turn that is worth understanding, and time must stay
# bounded: of longer messages the head and the tail are read.
LONGEST = 800
_TAIL = 200

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4}
_DIGITS |= {"五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
NUMERAL = "[零〇一二两三四五六七八九十百千万]"
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty"
)
WORD_NUMBERS = {word: number for number, word in enumerate(_WORDS.split())}
WORD_NUMBERS |= {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
WORD_NUMBERS |= {"eighty": 80, "ninety": 90, "hundred": 100}

# What a numeral in English is made of: "two hundred and fifty five".
WORDS = "(?:" + "|".join(word for word in WORD_NUMBERS if word != "hundred") + ")"
UNITS = "(?:one|two|three|four|five|six|seven|eight|nine)"

_MARKUP = re.compile(r"</?[a-z][^<>]{0,300}>", re.IGNORECASE)
# What stands inside these is no text.
_SCRIPTS = re.compile(
    r"<(script|style)\b[^<>]{0,300}>.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL
)
_BREAKS = re.compile(r"[\r\n\u2028\u2029]+")
_SPACES = re.compile(r"[^\S\n]+")
_LETTERS = re.compile(r"([a-z])\1{2,}")
_MARKS = re.compile(r"([^\w\s])\1+")
_HAN = re.compile(r"([\u4e00-\u9fff])\1{2,}")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said, as said and folded for matching; both are equally long."""

    text: str
    folded: str

    def span(self, start: int, end: int) -> str:
        return self.text[start:end].strip()


def read(raw: str) -> Said:
    text = clean(raw)
    return Said(text=text, folded=fold(text))


def clean(raw: str) -> str:
    """Return the words without mark-up, invisible and broken characters."""
    kept = _bounded(raw).encode("utf-8", "ignore").decode("utf-8")
    kept = _SCRIPTS.sub(" ", unicodedata.normalize("NFKC", kept))
    kept = _BREAKS.sub("\n", _MARKUP.sub(" ", kept))
    kept = "".join(c for c in kept if c == "\n" or _visible(c))
    return _SPACES.sub(" ", kept)[:LONGEST].strip()


def _bounded(raw: str) -> str:
    if len(raw) <= LONGEST:
        return raw
    return raw[: LONGEST - _TAIL - 1] + "\n" + raw[-_TAIL:]


def _visible(char: str) -> bool:
    # Zero-width joiners and direction marks are Cf; control characters Cc.
    plain = char.isascii() and char.isprintable()
    return plain or unicodedata.category(char)[0] != "C"


def fold(text: str) -> str:
    """Return `text` in small letters and simplified characters, as long as before."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return simplify(lowered).replace("’", "'").replace("‘", "'")


def squeeze(folded: str) -> str:
    """Return `folded` with drawn-out letters and marks cut, for the models."""
    kept = _LETTERS.sub(r"\1\1", folded)
    return _HAN.sub(r"\1\1", _MARKS.sub(r"\1", kept))


def number(word: str) -> int | None:
    """Return what a numeral in digits, Chinese or English amounts to."""
    if word.isascii() and word.isdigit():
        return int(word[:12])
    if word in WORD_NUMBERS:
        return WORD_NUMBERS[word]
    return _chinese(word) if word and re.fullmatch(NUMERAL + "+", word) else None


def counted(words: str) -> int | None:
    """Return what a numeral of several English words amounts to."""
    total = 0
    for word in words.replace("-", " ").split():
        if word in ("hundred", "thousand"):
            total = (total or 1) * (100 if word == "hundred" else 1000)
        elif word not in ("a", "and"):
            value = number(word)
            if value is None:
                return None
            total += value
    return total or None


def _chinese(word: str) -> int:
    total, section, digit, unit = 0, 0, 0, 1
    for char in word:
        if char in _DIGITS:
            digit = _DIGITS[char] if unit != 0 else digit * 10 + _DIGITS[char]
            unit = 1 if char in "零〇" else unit
            continue
        unit = _UNITS[char]
        if unit == 10000:
            total, section, digit = (total + section + digit) * unit, 0, 0
        else:
            section, digit = section + (digit or 1) * unit, 0
    # 一百五 is 150 and 两千三 is 2300: a last digit counts tenths of the unit before.
    tail = digit * unit // 10 if unit >= 100 and word[-2:-1] in _UNITS else digit
    return total + section + tail
