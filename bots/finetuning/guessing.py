"""Slots of text that nobody marked: what our own rules find there."""

from datetime import UTC, datetime

from bots.dialogue.understand.markup import SLOTS
from bots.dialogue.understand.network_spans import Span
from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots import extract

# Dates count for nothing here.
_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)


def guess(folded: str, intent: str) -> tuple[Span, ...]:
    """Return where the values stand that our rules find in a text of this intent.

    A value that they write in another way than the text is left out.
    """
    said = Said(text=folded, folded=folded)
    found: list[Span] = []
    for slot, value in extract(said, frozenset({intent}), "", _ANY_TIME).items():
        at = folded.find(str(value).lower()) if slot in SLOTS else -1
        span = Span(start=at, end=at + len(str(value)), slot=slot)
        if at >= 0 and not any(_overlap(span, other) for other in found):
            found.append(span)
    return tuple(sorted(found))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
