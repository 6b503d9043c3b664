"""Kinds of goods and departments, by all the names that shoppers have for them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

from orders.catalogue.terms import fold, is_word, runs, singular, thing, without_filler

_HERE = Path(__file__).parent
_LONGEST = 6
_PARTS = re.compile(r"\b(?:and|or|plus)\b|[,，、;；和或与跟]|还是")
# What begins so is a kind's own term, and no word that is said.
_MARK = "#"

Names: TypeAlias = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Each name, without spaces, and the kinds it stands for."""

    names: Names
    # What the shop's own categories stand for.
    categories: Names
    # Kinds of things that go with another one.
    beside: frozenset[str]
    # The single words of the names.
    words: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Mention:
    text: str
    start: int
    end: int
    kinds: tuple[str, ...]


@cache
def table() -> Table:
    names: dict[str, list[str]] = defaultdict(list)
    categories: dict[str, list[str]] = defaultdict(list)
    beside, words = set(), set()
    for number, line in enumerate(_lines("kinds.txt")):
        kind = f"{_MARK}{number}"
        if line.startswith("+"):
            beside.add(kind)
        for name in _split(line.removeprefix("+")):
            names[_key(name)].append(kind)
            words.update(_words(name))
    for number, line in enumerate(_lines("departments.txt")):
        kind = f"{_MARK}d{number}"
        own, _, said = line.partition("=")
        for name in _split(own):
            categories[_key(name)].append(kind)
        for name in _split(said):
            names[_key(name)].append(kind)
            words.update(_words(name))
    return Table(
        names={name: tuple(kinds) for name, kinds in names.items()},
        categories={name: tuple(kinds) for name, kinds in categories.items()},
        beside=frozenset(beside),
        words=frozenset(words),
    )


def of_product(names: Iterable[str], tags: Iterable[str], category: str) -> set[str]:
    """The kinds that a product is of: by its names, or its tags where these tell none.

    A backpack that is tagged "laptop" is no laptop.
    """
    found = {kind for name in names for kind in _named_last(name)}
    if not any(_is_narrow(kind) for kind in found):
        found.update(kind for tag in tags for kind in _named_last(tag))
    return found | set(table().categories.get(_key(category), ()))


def wanted(words: str) -> list[Mention]:
    """The kinds of thing that the words ask for, one for each part of them."""
    found = []
    for part in _PARTS.split(without_filler(thing(fold(words)))):
        mentions = [one for one in _mentions(part) if not _is_cut(part, one)]
        if mentions:
            found.append(max(mentions, key=lambda one: (one.end, -one.start)))
    return found


def said(words: str) -> set[str]:
    return {kind for mention in wanted(words) for kind in narrowest(mention)}


def narrowest(mention: Mention) -> tuple[str, ...]:
    """A pillow, rather than all the bedding."""
    narrow = tuple(kind for kind in mention.kinds if _is_narrow(kind))
    return narrow or mention.kinds


def _named_last(name: str) -> tuple[str, ...]:
    """The kinds whose names end last: "running shoe" and "shoe"."""
    mentions = list(_mentions(thing(fold(name))))
    end = max((one.end for one in mentions), default=0)
    return tuple(kind for one in mentions if one.end == end for kind in one.kinds)


def _mentions(text: str) -> Iterator[Mention]:
    names = table().names
    found = list(runs(text))
    for place, (run, start) in enumerate(found):
        if not is_word(run):
            yield from _in_chinese(run, start)
            continue
        joined, last = "", start
        for following, at in found[place : place + 4]:
            if not is_word(following) or text[last:at].strip(" -'"):
                # A Chinese ending belongs to it: T恤.
                if joined and not is_word(following) and at == last:
                    key = joined + following
                    if key in names:
                        end = at + len(following)
                        yield _mention(text, start, end, key)
                break
            last = at + len(following)
            if joined + singular(following) in names:
                yield _mention(text, start, last, joined + singular(following))
            joined += singular(following)


def _mention(text: str, start: int, end: int, name: str) -> Mention:
    return Mention(
        text=text[start:end], start=start, end=end, kinds=table().names[name]
    )


def _in_chinese(run: str, start: int) -> Iterator[Mention]:
    names = table().names
    for first in range(len(run)):
        for end in range(first + 1, min(len(run), first + _LONGEST) + 1):
            name = run[first:end]
            if name in names:
                yield Mention(
                    text=name,
                    start=start + first,
                    end=start + end,
                    kinds=names[name],
                )


def _is_cut(text: str, mention: Mention) -> bool:
    """Whether a single character is only a part of a word: 鞋 of 雨鞋."""
    if mention.end - mention.start > 1:
        return False
    return any(
        start <= mention.start < start + len(run) and len(run) > 1
        for run, start in runs(text)
    )


def _is_narrow(kind: str) -> bool:
    return not kind.startswith(f"{_MARK}d")


def _lines(name: str) -> list[str]:
    text = (_HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",")]


def _key(name: str) -> str:
    return "".join(
        singular(run) if is_word(run) else run for run, _start in runs(fold(name))
    )


def _words(name: str) -> set[str]:
    return {singular(run) for run, _start in runs(fold(name)) if is_word(run)}
