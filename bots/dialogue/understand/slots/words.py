"""Lists of words that the extractors stop at, read from words.txt."""

from functools import cache
from pathlib import Path

from bots.dialogue.understand import lexicon

_FILE = Path(__file__).with_name("words.txt")


def listed(name: str) -> frozenset[str]:
    return frozenset(_lists()[name])


@cache
def _lists() -> dict[str, list[str]]:
    return lexicon.entries(_FILE)
