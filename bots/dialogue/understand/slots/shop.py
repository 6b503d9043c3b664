"""What the shop's own catalogue calls its goods and their options."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import jieba
from django.db import DatabaseError

from bots.dialogue.understand import lexicon
from bots.dialogue.understand.normalise import fold
from bots.dialogue.understand.slots.gazetteer import Gazetteer
from bots.dialogue.understand.slots.words import FOLDER, listed
from orders.catalogue import Vocabulary, vocabulary

THINGS = FOLDER / "things.txt"
# The rules for these know more values than any catalogue.
_RULED = frozenset({"color", "colour", "size", "capacity"})
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_LATIN_WORD = re.compile(r"[a-z][a-z'-]+")
_LONGEST_RUN = 8
# A catalogue that is larger says nothing new with the rest of its names.
_MOST_NAMES = 3_000


@dataclass(frozen=True, kw_only=True)
class Words:
    """Folded words for goods, in the two languages, and what options are called."""

    things: Gazetteer
    kinds: frozenset[str]
    values: Gazetteer
    # "steel" → "material"
    options: Mapping[str, str]
    brands: Gazetteer


_EMPTY = Vocabulary(
    options={},
    categories=frozenset(),
    tags=frozenset(),
    brands=frozenset(),
    names={},
)
_held: list[tuple[Vocabulary, Words]] = []


def words() -> Words:
    """Return the general words and those of the catalogue as it is now."""
    try:
        now = vocabulary()
    except DatabaseError:
        # Without a database there is no catalogue, and messages still mean something.
        now = _EMPTY
    if not _held or _held[0][0] is not now:
        _held[:] = [(now, _read(now))]
    return _held[0][1]


@cache
def general() -> Words:
    """Return the words of a shop whose catalogue nobody knows."""
    return _read(_EMPTY)


def _read(now: Vocabulary) -> Words:
    options = {
        fold(value): name
        for name, values in now.options.items()
        if name not in _RULED
        for value in sorted(values)
    }
    said = [fold(name) for names in now.names.values() for name in names[:_MOST_NAMES]]
    han = {kind for name in said for kind in _han(name)}
    latin = {kind for name in said for kind in _latin(name)}
    return Words(
        things=Gazetteer(han | _named("zh")),
        kinds=frozenset(latin | _named("en")),
        values=Gazetteer(options),
        options=options,
        brands=Gazetteer(fold(brand) for brand in now.brands),
    )


@cache
def _named(language: str) -> frozenset[str]:
    """Return the kinds of goods that any shop may have."""
    trades = lexicon.entries(THINGS)
    return frozenset(
        name
        for trade, names in trades.items()
        if trade.startswith(language)
        for name in names
    )


def _han(name: str) -> Iterator[str]:
    """Yield a whole name and its last word, which says what it is: 云感跑步鞋, 跑步鞋."""
    for run in _HAN_RUN.findall(name):
        if len(run) <= _LONGEST_RUN:
            yield run
        last = jieba.lcut(run)[-1]
        if len(last) > 1 and last not in listed("chinese no heads"):
            yield last


def _latin(name: str) -> Iterator[str]:
    """Yield the last word of a name, and all of it."""
    found = _LATIN_WORD.findall(name)
    stops = listed("english stops") | listed("english no heads")
    while found and found[-1] in stops:
        found.pop()
    if found:
        yield found[-1]
        yield " ".join(found[-3:])
