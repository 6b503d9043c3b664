"""Cuts text into the terms by which products are found, Chinese and English alike."""

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"[a-z0-9À-ɏ]+")
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_FILLER_ZH = re.compile(
    "有没有|你们|我们|请问|我想|想要|想买|要买|推荐|一下|一双|一个|一件|一款|一条|"
    "多少钱|什么|哪些|哪个|哪款|那个|这个|那款|这款|那双|这双|适合|可以|帮我|给我|"
    "[我你的了吗呢吧啊呀么]"
)
_FILLER_EN = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "can",
        "could",
        "do",
        "does",
        "for",
        "from",
        "get",
        "give",
        "got",
        "have",
        "how",
        "i",
        "in",
        "is",
        "it",
        "like",
        "looking",
        "me",
        "much",
        "my",
        "need",
        "of",
        "on",
        "one",
        "or",
        "please",
        "recommend",
        "s",
        "show",
        "some",
        "something",
        "that",
        "the",
        "there",
        "these",
        "this",
        "to",
        "under",
        "want",
        "what",
        "which",
        "with",
        "without",
        "would",
        "you",
        "your",
    ]
)
_RUN = re.compile(f"{_WORD.pattern}|{_CHINESE.pattern}")
# What follows these describes the thing.
_DETAIL = re.compile(r"\b(?:for|in|of|under|with|without)\b")

# A single character says little beside the pair it is part of.
CHARACTER_WEIGHT = 0.25


def fold(text: str) -> str:
    """Make full-width, upper-case and composed forms one."""
    return unicodedata.normalize("NFKC", text).lower()


def without_filler(text: str) -> str:
    folded = _FILLER_ZH.sub(" ", fold(text))
    return _WORD.sub(lambda m: " " if m[0] in _FILLER_EN else m[0], folded)


def terms(text: str) -> Iterator[str]:
    """Yield singular words, and pairs and single characters of Chinese."""
    folded = fold(text)
    for word in _WORD.findall(folded):
        yield singular(word)
    for run in _CHINESE.findall(folded):
        yield from run
        for start in range(len(run) - 1):
            yield run[start : start + 2]


def head(text: str) -> set[str]:
    """Return the terms of the thing itself: 耳机 of 蓝牙耳机, bag of “gym bag for men”."""
    thing = _DETAIL.split(fold(text), maxsplit=1)[0]
    runs = _RUN.findall(without_filler(thing))
    if not runs:
        return set()
    last: str = runs[-1]
    return {singular(last)} if is_word(last) else {last[-1:], last[-2:]}


def singular(word: str) -> str:
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "zes")):
        return word[:-2]
    return word.removesuffix("s")


def is_word(term: str) -> bool:
    return _WORD.fullmatch(term) is not None


def weight(term: str) -> float:
    return 1.0 if len(term) > 1 or is_word(term) else CHARACTER_WEIGHT
