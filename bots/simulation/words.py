"""The shopper's words: wordings from the phrase bank, and slips in typing them."""

import random
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

FOLDER = Path(__file__).parent / "phrases"
# Words that may be mistyped: no names, numbers or addresses of e-mail are among them.
_WORD = re.compile(r"\b[a-z]{4,}\b")
# Characters that sound alike, as they are mistaken on a Chinese keyboard.
_ALIKE = {"的": "得", "在": "再", "吗": "嘛", "账": "帐", "做": "作", "那": "哪"}


@cache
def bank(language: str) -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))


def holes(wording: str) -> frozenset[str]:
    """The names of what is filled into a wording."""
    return frozenset(name for _, name, _, _ in Formatter().parse(wording) if name)


def sayable(wordings: Iterable[str], facts: Mapping[str, str]) -> list[str]:
    return [one for one in wordings if holes(one) <= facts.keys()]


def choose(
    wordings: Sequence[str], facts: Mapping[str, str], rng: random.Random
) -> str:
    """One of the wordings for which all facts are there, with these filled in."""
    return rng.choice(sayable(wordings, facts)).format_map(facts)


def mistype(text: str, rng: random.Random, keep: Iterable[str] = ()) -> str:
    """Slip once in a word that is no part of what must be understood to the letter."""
    kept = " ".join(keep).casefold()
    spots = [
        found
        for found in _WORD.finditer(text)
        if found[0] not in kept and "@" not in text[found.end() : found.end() + 1]
    ]
    if spots:
        spot = rng.choice(spots)
        return text[: spot.start()] + _slip(spot[0], rng) + text[spot.end() :]
    alike = [at for at, char in enumerate(text) if char in _ALIKE and char not in kept]
    if not alike:
        return text
    at = rng.choice(alike)
    return text[:at] + _ALIKE[text[at]] + text[at + 1 :]


def _slip(word: str, rng: random.Random) -> str:
    """Swap two letters, leave one out, or double one; the first is never wrong."""
    at = rng.randrange(1, len(word) - 1)
    match rng.randrange(3):
        case 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case _:
            return word[:at] + word[at] + word[at:]
