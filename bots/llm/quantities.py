"""Numbers, amounts, dates and times found in a text, however they are written."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bots.llm.numerals import UNITS

PREFIXES = {
    "hkd": r"hk\$|hkd|港币",
    "usd": r"us\$|usd|\$",
    "eur": r"€|eur",
    "gbp": r"£|gbp",
    "cny": r"¥|rmb|cny|人民币",
}
# Words before and after a value that make it the least or the most there may be.
_AT_LEAST = (
    r"(?:at least|off|(?:no|not) (?:less|fewer|earlier) than|(?:more|greater|later) than|"
    r"over|above|after|from|minimum(?: of)?|(?<!不)满|(?<!不)超过|至少|不少于|不低于|"
    r"大于|高于|多于|最少)"
)
_AT_MOST = (
    r"(?:at most|(?:no|not) (?:more|later|greater) than|(?<!no )(?<!not )(?:less|fewer|earlier) than|"
    r"under|below|within|up to|before|by|until|maximum(?: of)?|不满|未满|不足|不到|"
    r"不超过|不多于|不高于|小于|(?<!不)少于|(?<!不)低于|最多|最长|最晚|至多)"
)
_PREFIX_AT_LEAST = re.compile(rf"{_AT_LEAST}\W{{0,3}}(?:[a-z$¥]{{1,3}})?\s*\Z")
_PREFIX_AT_MOST = re.compile(rf"{_AT_MOST}\W{{0,3}}(?:[a-z$¥]{{1,3}})?\s*\Z")
_SUFFIX_AT_LEAST = re.compile(
    r"\s*(?:or (?:more|over|above|later)|and (?:over|above|up)|及?以上|起|之?后|以后)"
)
_SUFFIX_AT_MOST = re.compile(
    r"\s*(?:or (?:less|fewer|earlier)|and (?:under|below)|[及之]?以?[内前下])"
)

_prefix = "|".join(f"(?P<before_{name}>{form})" for name, form in PREFIXES.items())
_unit = "|".join(f"(?P<{name}>{form})" for name, form in UNITS.items())
_QUANTITY = re.compile(
    r"(?P<date>≡[\d-]+)|(?P<clock>≈[\d:]+)|(?P<verbatim>\d+(?:[/:.]\d+){2,}|\d+[/:]\d+)|"
    rf"(?:(?:{_prefix})\s*)?"
    r"(?P<number>\d{1,20}(?:,\d{3}(?!\d))*(?:\.\d{1,9})?)"
    rf"(?:[\s-]?(?:{_unit}))?"
)
# What stands between numbers that share a unit, and between the ends of a range.
_LIST = re.compile(r"\s*(?:-|至|到|或|和|、|to|and|or)\s*")
_RANGE = re.compile(r"\s*(?:-|至|到|to)\s*")
_MONEY = frozenset(PREFIXES)


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A value with its unit, "" where it has none that is known.

    `bound` tells "at least" ("min") from "at most" ("max").
    """

    unit: str
    value: str
    bound: str = ""

    def states(self, other: "Quantity") -> bool:
        """Whether what `other` says is said here, perhaps more exactly."""
        if self.unit != other.unit:
            return False
        if self.unit == "date":
            # "11-24" is what "2025-11-24" says without its year.
            return f"-{self.value}".endswith(f"-{other.value}")
        return self.value == other.value

    def bounds(self, other: "Quantity") -> bool:
        """Whether `other`, of the same value, is bounded as this is.

        A price from which something is free is not the price of something.
        """
        if self.unit in _MONEY:
            return self.bound == other.bound
        return {self.bound, other.bound} != {"min", "max"}


def quantities(canonical: str) -> list[Quantity]:
    """All in one clause that `numerals.canonical` has been over; a range is one."""
    matches = list(_QUANTITY.finditer(canonical))
    units = _units(matches, canonical)
    found: list[Quantity] = []
    start = 0
    for at, match in enumerate(matches):
        if at + 1 < len(matches) and _joined(_RANGE, match, matches[at + 1], canonical):
            continue
        ends = matches[start : at + 1]
        found.append(
            Quantity(
                unit=units[at],
                value="-".join(_value(end) for end in ends),
                bound=_bound(canonical, ends[0].start(), match.end()),
            )
        )
        start = at + 1
    return found


def without(canonical: str) -> str:
    """The clause without its quantities and their units."""
    return _QUANTITY.sub(",", canonical)


def _units(matches: list[re.Match[str]], text: str) -> list[str]:
    units = [_own_unit(match) for match in matches]
    for at in reversed(range(len(matches) - 1)):
        if not units[at] and _joined(_LIST, matches[at], matches[at + 1], text):
            units[at] = units[at + 1]
    for at in range(1, len(matches)):
        if not units[at] and _joined(_LIST, matches[at - 1], matches[at], text):
            units[at] = units[at - 1]
    return units


def _joined(
    by: re.Pattern[str], first: re.Match[str], second: re.Match[str], text: str
) -> bool:
    return by.fullmatch(text, first.end(), second.start()) is not None


def _own_unit(match: re.Match[str]) -> str:
    names = [
        name for name, found in match.groupdict().items() if found and name != "number"
    ]
    # "¥8元" names it twice; "¥8/件" is not read as a price each.
    return names[0].removeprefix("before_") if names else ""


def _value(match: re.Match[str]) -> str:
    if (number := match["number"]) is None:
        return match.group().strip("≡≈")
    value = Decimal(number.replace(",", ""))
    return format(value.normalize(), "f")


def _bound(text: str, start: int, end: int) -> str:
    # Words of a bound are short: looking further back finds those of others.
    before, after = text[max(0, start - 20) : start], text[end : end + 12]
    if _PREFIX_AT_MOST.search(before) or _SUFFIX_AT_MOST.match(after):
        return "max"
    if _PREFIX_AT_LEAST.search(before) or _SUFFIX_AT_LEAST.match(after):
        return "min"
    return ""
