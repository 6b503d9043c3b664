"""What a message lets be known beside its wishes: haste, insults, danger."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bots.dialogue.understand import lexicon
from bots.dialogue.understand.normalise import squeeze

FILE = Path(__file__).with_name("flags.txt")
# What matters is said early, or said again.
_MOST = 2_000


@dataclass(frozen=True, kw_only=True)
class Flags:
    # Something is needed within a day or two.
    urgent: bool = False
    # Insults, at the bot or at people.
    abusive: bool = False
    # Somebody may come to harm, by their own hand or another's.
    danger: bool = False


def find(folded: str) -> Flags:
    text = _known("harmless").sub(" ", squeeze(folded[:_MOST]))
    soon = _known("soon").search(text) and _known("event").search(text)
    return Flags(
        urgent=bool(soon or _known("urgent").search(text)),
        abusive=bool(_known("abuse").search(text)),
        danger=bool(_known("danger").search(text)),
    )


@cache
def _known(kind: str) -> re.Pattern[str]:
    """Return a pattern of the words of a kind; Latin ones are whole words."""
    words = sorted(lexicon.entries(FILE)[kind], key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    han = "|".join(re.escape(word) for word in words if not word.isascii())
    return re.compile(rf"(?<![a-z])(?:{latin or '(?!)'})(?![a-z])|{han or '(?!)'}")
