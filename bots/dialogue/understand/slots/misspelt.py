"""The known word that a misspelt one was meant to be."""

from collections.abc import Collection, Iterator
from functools import lru_cache

# Shorter words have too many neighbours.
_SHORTEST = 6


@lru_cache(maxsize=4)
def meant(known: frozenset[str]) -> "Misspelt":
    return Misspelt(known)


class Misspelt:
    """Words that are found with a letter too few or too many, or two swapped.

    A letter for another makes too many words of one: "cancle" is no candle.
    """

    def __init__(self, known: Collection[str]) -> None:
        self._known = frozenset(w for w in known if len(w) >= _SHORTEST)
        self._short = {
            short: word
            for word in sorted(self._known)
            for short in _shortened(word)
            if short + "s" != word
        }

    def nearest(self, word: str) -> str:
        """Return the known word that `word` misspells, else ""."""
        if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
            return ""
        tried = [*_shortened(word), *_swapped(word)]
        found = next((one for one in tried if one in self._known), "")
        return found or self._short.get(word, "")


def _shortened(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _swapped(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
