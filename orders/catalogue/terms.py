"""Cuts text into the terms by which products are found, Chinese and English alike."""

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"[a-z0-9À-ɏ]+")
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_FILLER_ZH = re.compile(
    "有没有|你们|我们|请问|我想|想要|想买|要买|推荐|一下|一双|一个|一件|一款|一条|"
    "多少钱|价格|什么|哪些|哪个|哪款|那个|这个|那款|这款|那双|这双|适合|可以|帮我|给我|"
    "用品|产品|商品|东西|有卖|一些|几款|"
    "[我你的了吗呢吧啊呀么]"
)
# Alone they say nothing; 有 of 有线 does.
_LONE_ZH = re.compile(
    r"(?<![\u4e00-\u9fff])[有都卖要买和或就还能是在看找个]+(?![\u4e00-\u9fff])"
)
_BESIDE_ZH = re.compile(
    r"(?<![\u4e00-\u9fff])(?:有|找|买|看看|来个|来)(?![线源机])(?=[\u4e00-\u9fff]{2})"
    r"|(?<=[\u4e00-\u9fff]{2})(?:有|卖)(?![\u4e00-\u9fff])"
)
# How much it may cost is no part of what it is.
_AMOUNT = re.compile(
    r"\b(?:under|below|over|above|between|around|about|less than|more than|up to|"
    r"at most|within)\s*[¥$€£]?\s*\d[\d,.]*(?:\s*(?:and|to|-)\s*[¥$€£]?\s*\d[\d,.]*)?"
    r"(?![a-z\d])(?:\s*(?:yuan|rmb|cny))?"
    r"|(?:\d[\d.]*\s*(?:到|至|-|~)\s*)?\d[\d.]*\s*(?:元|块钱?)?(?:以内|以下|以上|之内|之间|左右|上下)"
    r"|不(?:超过|到)\s*\d[\d.]*\s*(?:元|块钱?)?"
    r"|[¥$€£]\s*\d[\d,.]*"
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
        "all",
        "buy",
        "cost",
        "good",
        "goods",
        "item",
        "items",
        "kind",
        "many",
        "price",
        "product",
        "products",
        "sell",
        "stuff",
        "thing",
        "things",
        "too",
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
    folded = _AMOUNT.sub(" ", fold(text))
    for filler in (_FILLER_ZH, _BESIDE_ZH, _LONE_ZH):
        folded = filler.sub(" ", folded)
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
    found = [run for run, _start in runs(without_filler(thing(text)))]
    if not found:
        return set()
    last = found[-1]
    return {singular(last)} if is_word(last) else {last[-1:], last[-2:]}


def thing(text: str) -> str:
    """Leave out what is said to describe the thing."""
    return _DETAIL.split(fold(text), maxsplit=1)[0]


def runs(text: str) -> Iterator[tuple[str, int]]:
    """Yield words and runs of Chinese, with their places."""
    for match in _RUN.finditer(text):
        yield match[0], match.start()


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
