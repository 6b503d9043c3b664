"""Known phrases in a text, the longest one at each place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

# Longer ones are sentences, which nobody says word for word.
_LONGEST = 40


class Gazetteer:
    """A set of folded phrases; to look one up takes no longer for many."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = frozenset(p for p in phrases if p and len(p) <= _LONGEST)
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase in self._phrases:
            lengths[phrase[0]].add(len(phrase))
        self._lengths = {
            first: tuple(sorted(found, reverse=True))
            for first, found in lengths.items()
        }

    def __contains__(self, phrase: str) -> bool:
        return phrase in self._phrases

    def at(self, text: str, start: int) -> int:
        """Return where the longest phrase that begins at `start` ends, or 0."""
        if start >= len(text):
            return 0
        for length in self._lengths.get(text[start], ()):
            end = start + length
            if text[start:end] in self._phrases and not _is_cut(text, start, end):
                return end
        return 0

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where phrases start and end; they never overlap."""
        at = 0
        while at < len(text):
            end = self.at(text, at) if text[at] in self._lengths else 0
            if end:
                yield at, end
            at = end or at + 1


def _is_cut(text: str, start: int, end: int) -> bool:
    """Tell whether a Latin word or a number goes on at one of the ends."""
    return _goes_on(text[max(0, start - 1) : start + 1]) or _goes_on(
        text[end - 1 : end + 1]
    )


def _goes_on(pair: str) -> bool:
    return len(pair) == 2 and pair.isascii() and pair.isalnum()
