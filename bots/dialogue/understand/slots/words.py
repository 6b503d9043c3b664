"""Lists of words that the extractors stop at, read from words.txt."""

from functools import cache
from pathlib import Path

from bots.dialogue.understand import lexicon

FOLDER = Path(__file__).parent
_FILE = FOLDER / "words.txt"


def listed(name: str) -> frozenset[str]:
    return frozenset(_lists()[name])


@cache
def _lists() -> dict[str, list[str]]:
    return lexicon.entries(_FILE)
