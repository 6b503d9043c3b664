"""What the classifier sees in a text: pieces of words, words, and what they mean."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from bots.dialogue.understand import lexicon
from bots.dialogue.understand.normalise import squeeze

# More than this the classifier does not read: head and tail of a long message.
LONGEST = 480
_TAIL = 160

# Things of a kind count alike, whatever their letters.
_THINGS = (
    (re.compile(r"https?://\S+|www\.\S+"), " thelink "),
    (re.compile(r"\S+@\S+\.\w+"), " themail "),
    (
        re.compile(
            r"#?\b[a-z]{1,3}\d{5,}\b|#\s?[a-z]?\d{3,}\b|\b\d{6,}\b"
            r"|(?<![\d-])\d{3,}-\d{4,}(?![\d-])"
        ),
        " thenumber ",
    ),
    (
        re.compile(r"[$£€¥]\s?\d+(?:\.\d+)?|\b\d+(?:\.\d+)?\s?(?:块|元|rmb)"),
        " theprice ",
    ),
)
_MOST_CONCEPTS = 14
# Shorter words are not taken for misspelt.
_SHORTEST = 4


def prepare(folded: str) -> str:
    """Return the text the features are taken of."""
    text = squeeze(folded)
    if len(text) > LONGEST:
        text = text[: LONGEST - _TAIL] + " " + text[-_TAIL:]
    for thing, name in _THINGS:
        text = thing.sub(name, text)
    return text


def blocks(prepared: str) -> tuple[list[str], list[str], list[str]]:
    """Return three kinds of features, each weighed by itself."""
    stems = [spelt(stem) for stem in lexicon.tokens(prepared)]
    return list(_pieces(prepared)), list(_words(stems)), _meanings(stems)


def _pieces(text: str) -> Iterator[str]:
    for word in text.split():
        padded = f" {word} "
        for size in range(1, 6):
            for at in range(len(padded) - size + 1):
                yield padded[at : at + size]


def _words(stems: list[str]) -> Iterator[str]:
    for size in (1, 2, 3):
        for at in range(len(stems) - size + 1):
            yield " ".join(stems[at : at + size])


def _meanings(stems: list[str]) -> list[str]:
    found = lexicon.concepts(stems)
    single = [name for names in found for name in names]
    pairs = [
        f"{first}>{second}"
        for before, after in pairwise(found)
        for first in before
        for second in after
    ]
    names = sorted(set(single))[:_MOST_CONCEPTS]
    sets = [f"{a}&{b}" for at, a in enumerate(names) for b in names[at + 1 :]]
    return single + pairs + sets or ["nothing known"]


@cache
def _deletes() -> dict[str, str]:
    """Each known longer stem under itself with one letter left out."""
    table: dict[str, str] = {}
    for known in sorted(lexicon.stems()):
        if len(known) >= 5 and known.isascii():
            for at in range(len(known)):
                table.setdefault(known[:at] + known[at + 1 :], known)
    return table


def spelt(stem: str) -> str:
    """Return the known word that `stem` misspells by one letter, or itself.

    Two letters that changed places count as one.
    """
    if len(stem) < _SHORTEST or not stem.isascii() or not stem.isalpha():
        return stem
    if stem in lexicon.stems():
        return stem
    swapped = (
        stem[:at] + stem[at + 1] + stem[at] + stem[at + 2 :]
        for at in range(len(stem) - 1)
    )
    known = next((word for word in swapped if word in lexicon.stems()), "")
    return known or _one_letter_off(stem)


def _one_letter_off(stem: str) -> str:
    table = _deletes()
    if stem in table or len(stem) <= _SHORTEST:
        # Short words have too many neighbours to take any other.
        return table.get(stem, stem)
    shorter = (stem[:at] + stem[at + 1 :] for at in range(len(stem)))
    hits = (
        table.get(s) or (s if s in lexicon.stems() and len(s) > _SHORTEST else None)
        for s in shorter
    )
    return next((hit for hit in hits if hit), stem)
