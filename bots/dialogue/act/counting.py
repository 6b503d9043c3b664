"""How many pieces words speak of."""

import re

from orders.pieces import Pieces

_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
]
_HAN_NUMBERS = "一二三四五六七八九十"
_COUNT = re.compile(
    rf"(?<![\w.])(\d{{1,2}}|{'|'.join(_NUMBERS)})"
    r"(?= (?!(?:day|week|month|hour|year|minute|time)s?\b))"
    rf"|(\d{{1,2}}|[{_HAN_NUMBERS}两俩])(?=[件条个双只瓶盒套包把台支对副张本](?!套))",
    re.IGNORECASE,
)


def count(words: str) -> int:
    """The number that a part of a message gives, or 0."""
    found = _COUNT.search(words)
    if not found:
        return 0
    said = (found[1] or found[2]).casefold()
    if said.isdigit():
        return int(said)
    if said in _NUMBERS:
        return _NUMBERS.index(said) + 1
    return 2 if said in "两俩" else _HAN_NUMBERS.index(said) + 1


def is_option(said: str, one: Pieces) -> bool:
    """Whether the number is a size of the product, rather than how many."""
    variants = one.line.product.variants.all()
    return any(said in map(str, variant.options.values()) for variant in variants)
