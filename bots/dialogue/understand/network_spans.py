"""Spans of a text that a network marked, from the tags of its tokens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

OUTSIDE = "O"
BEGIN, INSIDE = "B-", "I-"


@dataclass(frozen=True, kw_only=True, order=True)
class Span:
    start: int
    end: int
    slot: str


@dataclass(frozen=True, kw_only=True)
class Tagged:
    """A token's place in the text, its likeliest tag, and how likely that is."""

    start: int
    end: int
    tag: str
    chance: float


def spans(text: str, tokens: Sequence[Tagged], least: float) -> list[Span]:
    """Return what is marked with a mean chance of at least `least`, in order."""
    found = []
    for group in _groups(tokens):
        sure = sum(token.chance for token in group) / len(group)
        start, end = _whole(text, group[0].start, group[-1].end)
        if sure >= least and start < end:
            found.append(Span(start=start, end=end, slot=group[0].tag[2:]))
    return found


def _groups(tokens: Sequence[Tagged]) -> Iterator[list[Tagged]]:
    group: list[Tagged] = []
    for token in tokens:
        goes_on = bool(group) and token.tag == INSIDE + group[0].tag[2:]
        if group and not goes_on:
            yield group
            group = []
        if token.tag != OUTSIDE:
            group.append(token)
    if group:
        yield group


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place without blanks at its ends, and with whole Latin words."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        while start and _joined(text, start):
            start -= 1
        while end < len(text) and _joined(text, end):
            end += 1
    return start, end


def _joined(text: str, at: int) -> bool:
    pair = text[at - 1 : at + 1]
    return pair.isascii() and pair.isalnum()
