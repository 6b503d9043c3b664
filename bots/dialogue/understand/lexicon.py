"""The words that mean alike, read from lexicon.txt, and how they are found."""

import re
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("lexicon.txt")

_TOKEN = re.compile(r"[a-z0-9']+|[\u4e00-\u9fff]|[?!]")
_ENDINGS = ("ing", "ied", "ies", "ed", "es", "s", "e", "y")
_LONGEST = 6


def words_of(folded: str) -> list[str]:
    """Return Latin words, and Chinese characters one by one."""
    return [str(token) for token in _TOKEN.findall(folded)]


def tokens(folded: str) -> list[str]:
    """Return stems of Latin words, and Chinese characters one by one."""
    return [stem(token) for token in words_of(folded)]


@cache
def stem(word: str) -> str:
    if len(word) < 4 or not word.isascii():
        return word
    ending = next(
        (e for e in _ENDINGS if word.endswith(e) and len(word) > len(e) + 2), ""
    )
    kept = word[: len(word) - len(ending)]
    return kept[:-1] if len(kept) > 3 and kept[-1] == kept[-2] else kept


def concepts(stems: list[str]) -> list[list[str]]:
    """Return the concepts of the longest known phrases, in the order said."""
    table, found, at = _table(), [], 0
    while at < len(stems):
        length, names = _longest(table, stems, at)
        if names:
            found.append(names)
        at += length
    return found


def _longest(
    table: dict[str, list[str]], stems: list[str], at: int
) -> tuple[int, list[str]]:
    for length in range(min(_LONGEST, len(stems) - at), 0, -1):
        names = table.get(" ".join(stems[at : at + length]))
        if names:
            return length, names
    return 1, []


@cache
def stems() -> frozenset[str]:
    """Return the stems of all known words."""
    return frozenset(stem for phrase in _table() for stem in phrase.split())


@cache
def words(concept: str) -> tuple[str, ...]:
    """Return the words that say `concept`, as they are written."""
    return tuple(_entries()[concept])


@cache
def _entries() -> dict[str, list[str]]:
    return entries(FILE)


def entries(file: Path) -> dict[str, list[str]]:
    """Return the lists of a file with lines like "name: word | word"."""
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, said = line.split(":", 1)
            found[name] = [word.strip() for word in said.split("|")]
    return found


@cache
def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for name, said in _entries().items():
        for word in said:
            names = table.setdefault(" ".join(tokens(word)), [])
            if name not in names:
                names.append(name)
    return table
