"""Old and new understanding side by side: on corrections, and on what is said today."""

from collections.abc import Sequence
from typing import TypedDict

from bots.dialogue.understand.classifier import Reading
from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.reader import Reader, language_of
from bots.messages import Sender
from bots.models import Correction, Message

# How many of the newest messages are read by both.
RECENT = 500
# And how many of those that they read differently are kept.
LONGEST = 50


class Difference(TypedDict):
    text: str
    old: str
    new: str


class Comparison(TypedDict):
    """What staff see before they choose."""

    # Corrections that neither had learnt when it read them, and how many each got right.
    corrections: int
    old_right: int
    new_right: int
    # Newest messages of shoppers, and those that the two read differently.
    messages: int
    differing: int
    differences: list[Difference]


def compare(
    language: str,
    old: Reader,
    new: Reader,
    tried: Sequence[tuple[Correction, Reading]],
) -> Comparison:
    """`tried` are corrections new to `old`, as read by a model that left each out."""
    before = [old.read(read(one.text).folded).label for one, _ in tried]
    messages = _recent(language)
    differing = list(_differences(messages, old, new))
    return Comparison(
        corrections=len(tried),
        old_right=sum(
            label == one.intent for label, (one, _) in zip(before, tried, strict=True)
        ),
        new_right=sum(reading.label == one.intent for one, reading in tried),
        messages=len(messages),
        differing=len(differing),
        differences=differing[:LONGEST],
    )


def _recent(language: str) -> list[str]:
    newest = (
        Message.objects.filter(sender=Sender.SHOPPER, seq__isnull=False, value="")
        .order_by("-pk")
        .values_list("text", flat=True)[:RECENT]
    )
    return [text for text in dict.fromkeys(newest) if language_of(text) == language]


def _differences(messages: Sequence[str], old: Reader, new: Reader) -> list[Difference]:
    found = []
    for text in messages:
        folded = read(text).folded
        before, after = old.read(folded).label, new.read(folded).label
        if before != after:
            found.append(Difference(text=text[:200], old=before, new=after))
    return found
