"""Order numbers in a shopper's free text, in the form in which the shop writes them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from time import monotonic

from orders.models import Order

_SAMPLE = 2_000
_MOST_SHAPES = 20
_KEPT_SECONDS = 600.0
# No message is longer; a pasted book need not be read to its end.
_LONGEST_TEXT = 10_000
# So many digits without letters are taken for a number without being called one.
_TELLING_DIGITS = 5

_PIECE = re.compile(r"[^\W\d_]+|[0-9]+|(?:[\W_]|[^\D0-9])+")
_GAP = r"[\s#._/–—-]{0,2}"
_START, _END = r"(?<![A-Z0-9])", r"(?![A-Z0-9])"

_EMAIL = re.compile(r"(?<![A-Z0-9._%+-])[A-Z0-9._%+-]+@[A-Z0-9.-]+")
_PRICE = re.compile(
    r"(?:[$¥€£]|\b(?:RMB|CNY|USD|EUR))\s?[0-9][0-9,.]*"
    r"|(?<![0-9,.])[0-9][0-9,.]*\s?(?:元|块|(?:RMB|CNY|USD|EUR|YUAN|DOLLARS?)\b)"
    r"|(?<![A-Z0-9.])[0-9]+\.[0-9]{2}(?![0-9])"
)
_SAID_PHONE = re.compile(
    r"(?:\+|(?:电话|手机号?码?|PHONE|MOBILE|TEL)[^0-9\n]{0,12})[0-9(][0-9 ()-]{5,18}"
)
_DASHED_PHONE = re.compile(
    r"(?<![0-9])\(?[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}(?![0-9])"
)
_MOBILE = re.compile(
    r"(?<![0-9])(?:86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])"
)
# Digits that are called a postcode or the end of a phone or card number.
_POSTCODE = re.compile(
    r"(?:邮政编码|邮编|POST\s?CODE|POSTAL CODE|ZIP(?: ?CODE)?|PIN ?CODE)"
    r"(?:\s(?:IS|TO))?\W{0,3}(?:是|为|改成|改为)?\W{0,2}[0-9]{4,7}(?:-[0-9]{4})?"
)
_ENDING = re.compile(
    r"(?:尾号|尾数|[后末][四4]位(?:数字)?|END(?:S|ING)?(?: (?:IN|WITH))?|LAST (?:FOUR|4)(?: DIGITS)?)"
    r"(?:\s(?:IS|ARE))?\W{0,3}(?:是|为)?\W{0,2}[0-9]{3,6}(?![0-9])"
)
_DATE = re.compile(
    r"(?<![0-9A-Z-])20[0-9]{2}([-/.年]?)(?:0?[1-9]|1[0-2])(?:\1|月)(?:[12][0-9]|3[01]|0?[1-9])"
    r"(?![0-9])"
)
_NAMED = re.compile(r"(?:#|订单号?|单号|编号|ORDER|NUMBER|NO\.?)\W{0,4}$")
_PLAUSIBLE = re.compile(rf"{_START}(?:([A-Z]{{1,4}})-?)?([0-9]{{5,20}}){_END}")


@dataclass(frozen=True)
class Shape:
    """How numbers are built: "SO" and six digits; four digits, "-", four digits."""

    # Literal text, or how many digits.
    pieces: tuple[str | int, ...]

    @classmethod
    def of(cls, number: str) -> "Shape":
        found = _PIECE.findall(number)
        return cls(tuple(len(p) if p[0] in "0123456789" else p for p in found))

    @cached_property
    def digits(self) -> int:
        return sum(piece for piece in self.pieces if isinstance(piece, int))

    @cached_property
    def has_letters(self) -> bool:
        return any(isinstance(p, str) and p[0].isalpha() for p in self.pieces)

    @property
    def is_plain(self) -> bool:
        return len(self.pieces) == 1

    @cached_property
    def spoken(self) -> re.Pattern[str]:
        """Match the number in folded text, spaced and dashed as shoppers like."""
        runs = []
        for piece in self.pieces:
            if isinstance(piece, int):
                runs.append(self._run(piece))
            elif piece[0].isalpha():
                runs.append("".join(map(_alike, _fold(piece))))
        body = _GAP.join(runs)
        if self.has_letters:
            return re.compile(_START + body + _END)
        # Digits alone must not be the middle of longer ones.
        return re.compile(rf"(?<![0-9][\s-]){_START}{body}{_END}(?![\s-][0-9])")

    def _run(self, length: int) -> str:
        # A zero is often typed as the letter O beside other letters.
        digit = "[0-9O]" if self.has_letters else "[0-9]"
        return "(" + r"[\s-]?".join([digit] * length) + ")"

    def write(self, spoken: re.Match[str]) -> str:
        """Put the digits into the form of the shop."""
        digits = "".join(spoken.groups()).replace("O", "0")
        return self.fill("".join(char for char in digits if char in "0123456789"))

    def fill(self, digits: str) -> str:
        """Write the number that has these digits."""
        written, start = "", 0
        for piece in self.pieces:
            if isinstance(piece, str):
                written += piece
            else:
                written += digits[start : start + piece]
                start += piece
        return written


def find_numbers(text: str, shapes: Sequence[Shape] | None = None) -> list[str]:
    """List what may be order numbers: of the shop's shapes first, then plausible ones.

    Phones, prices, postcodes, dates and e-mail addresses are left out. Without `shapes` those of the
    shop's own orders are taken.
    """
    known = order_shapes() if shapes is None else shapes
    rest = _Rest(_fold(text[:_LONGEST_TEXT]))
    rest.drop(_EMAIL)
    found = [*rest.take(shape for shape in known if not shape.is_plain)]
    rest.drop(_PRICE, _SAID_PHONE, _DASHED_PHONE, _POSTCODE, _ENDING)
    found += rest.take(shape for shape in known if shape.is_plain)
    rest.drop(_MOBILE, _DATE)
    found += rest.guess(known)
    return list(dict.fromkeys(found))


class _Rest:
    """The text that is not yet understood; what is understood is blanked."""

    def __init__(self, text: str) -> None:
        self.text = text

    def drop(self, *patterns: re.Pattern[str]) -> None:
        for pattern in patterns:
            self.text = pattern.sub(lambda match: "\n" * len(match[0]), self.text)

    def take(self, shapes: Iterable[Shape]) -> Iterator[str]:
        for shape in shapes:
            for match in list(shape.spoken.finditer(self.text)):
                if self._is_meant(shape, match):
                    self._blank(match)
                    yield shape.write(match)

    def guess(self, shapes: Sequence[Shape]) -> Iterator[str]:
        """Yield digits with the shop's letters added, and numbers of no known shape."""
        for letters, digits in _PLAUSIBLE.findall(self.text):
            whole = [s for s in shapes if s.has_letters and s.digits == len(digits)]
            if letters or not whole:
                yield letters + digits
            else:
                yield from (shape.fill(digits) for shape in whole)

    def _is_meant(self, shape: Shape, match: re.Match[str]) -> bool:
        if shape.has_letters:
            # "Soooooooo" has no digit at all.
            return sum(map(match[0].count, "0123456789")) * 2 > shape.digits
        if shape.digits >= _TELLING_DIGITS:
            return True
        before = self.text[max(0, match.start() - 20) : match.start()]
        return _NAMED.search(before) is not None

    def _blank(self, match: re.Match[str]) -> None:
        blank = "\n" * len(match[0])
        self.text = self.text[: match.start()] + blank + self.text[match.end() :]


def learn_shapes(numbers: Iterable[str]) -> list[Shape]:
    """Return the commonest shapes of these order numbers, commonest first."""
    counts = Counter(Shape.of(number) for number in numbers)
    return [shape for shape, _n in counts.most_common(_MOST_SHAPES) if shape.digits]


@dataclass
class _Learnt:
    shapes: list[Shape]
    last: str
    until: float


_lock = Lock()
_learnt = _Learnt([], "", 0.0)


def order_shapes() -> list[Shape]:
    """Return the shapes of the shop's newest orders, learnt anew now and then."""
    newest = Order.objects.order_by("-pk").values_list("number", flat=True)
    last = newest.first()
    if last is None:
        return []
    with _lock:
        # A new shape is noticed with the first order that has it.
        is_new = last != _learnt.last and Shape.of(last) not in _learnt.shapes
        if is_new or monotonic() > _learnt.until:
            _learnt.shapes = learn_shapes(newest[:_SAMPLE])
            _learnt.until = monotonic() + _KEPT_SECONDS
        _learnt.last = last
        return _learnt.shapes


def _alike(letter: str) -> str:
    """Match a letter, or the digit that it is taken for."""
    digit = {"O": "0", "I": "1", "L": "1"}.get(letter)
    return f"[{letter}{digit}]" if digit else re.escape(letter)


def written(number: str) -> str:
    """What is left of a number when case, width, spaces and `#` do not count."""
    return "".join(char for char in _fold(number) if char not in " #\t-")


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper()
