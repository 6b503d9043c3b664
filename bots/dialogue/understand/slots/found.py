"""A value found in a text, and the text that is left without it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bots.dialogue.understand.normalise import Said

Value = TypeVar("Value")
# Stands for each character of what was found and taken out.
BLANK = "\x1f"


@dataclass(frozen=True, kw_only=True)
class Found(Generic[Value]):
    value: Value
    start: int
    end: int


def without(said: Said, found: Iterable[Found[Value]]) -> Said:
    """Return `said` with what was found blanked, as long as before."""
    text, folded = said.text, said.folded
    for item in found:
        blank = BLANK * (item.end - item.start)
        text = text[: item.start] + blank + text[item.end :]
        folded = folded[: item.start] + blank + folded[item.end :]
    return Said(text=text, folded=folded)


def spot(said: Said, match: re.Match[str], group: int = 0) -> Found[str]:
    """Return the words of a match in the folded text, as they were said."""
    start, end = match.span(group)
    return Found(value=said.span(start, end), start=start, end=end)


def held(match: re.Match[str], value: Value) -> Found[Value]:
    """Return a value that the words of a match stand for."""
    return Found(value=value, start=match.start(), end=match.end())
