"""What the tagger sees at each token of a text."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

import jieba

_TOKEN = re.compile(r"[a-z0-9]+(?:[.'&+-]+[a-z0-9]+)*|.", re.DOTALL)
# It tells on standard error that it loads its dictionary.
jieba.setLogLevel(logging.WARNING)


def tokens(text: str) -> list[tuple[int, int]]:
    """Return where the tokens are: Latin words, other characters one by one."""
    return [found.span() for found in _TOKEN.finditer(text)]


def cues(text: str) -> Iterator[list[str]]:
    places = tokens(text)
    words = [text[start:end] for start, end in places]
    padded = ["<<", "<", *words, ">", ">>"]
    for at, held in enumerate(_segments(text, places), 2):
        a, b, here, c, d = padded[at - 2 : at + 3]
        shape = "9" if here.isdigit() else "a" if here.isascii() else "字"
        edge = ("^" if at == 2 else "") + ("$" if at == len(words) + 1 else "")
        yield [
            *("0" + here, "1" + b, "2" + c, "3" + a, "4" + d, "s" + shape, "e" + edge),
            *("5" + b + here, "6" + here + c, "7" + b + "|" + c, "8" + a + b),
            *("9" + c + d, "x" + b + here + c, "y" + a + b + here, "z" + here + c + d),
            *held,
        ]


@dataclass(frozen=True, kw_only=True)
class _Segment:
    word: str
    start: int

    def place(self, at: int) -> str:
        """Return whether a character is the first, one between, the last, or alone."""
        if len(self.word) == 1:
            return "S"
        last = self.start + len(self.word) - 1
        return "B" if at == self.start else "E" if at == last else "M"


def _segments(text: str, places: list[tuple[int, int]]) -> Iterator[list[str]]:
    """Yield for each token the dictionary's word around it, and where in that it stands.

    A value that the training never showed is still a word of the language.
    """
    around = list(_spread(text))
    starts = [start for start, _ in places]
    marks = ["^", *(around[at].place(at) for at in starts), "$"]
    for at, start in enumerate(starts):
        own, mark = around[start], marks[at + 1]
        end = own.start + len(own.word)
        after = around[end].word if end < len(around) else ">"
        before = around[own.start - 1].word if own.start else "<"
        yield [
            *("j" + mark, "w" + own.word, "l" + mark + own.word[-1]),
            *(
                "f" + mark + own.word[0],
                "p" + marks[at] + mark,
                "n" + mark + marks[at + 2],
            ),
            *("a" + after, "b" + before if mark in "BS" else "b"),
        ]


def _spread(text: str) -> Iterator[_Segment]:
    """Yield for each character the word it belongs to."""
    start = 0
    for word in jieba.cut(text):
        yield from [_Segment(word=word, start=start)] * len(word)
        start += len(word)
