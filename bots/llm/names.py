"""Names, addresses and codes: what a wording may only repeat letter by letter."""

import re

from bots.llm.wording import Wording

_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*|https?:\S+|\b(?:[a-z\d-]+\.)+[a-z]{2,}\b\S*|@\w+",
    re.IGNORECASE | re.ASCII,
)
_CODE = re.compile(
    r"#?(?<![A-Za-z\d])(?=[A-Za-z-]*\d)(?:[A-Za-z\d]+(?:[-_][A-Za-z\d]+)*)",
    re.ASCII,
)
# Digits with a unit, an ordinal, a range: the check of numbers sees to these.
_NUMBER = re.compile(
    r"[\d-]{1,4}|\d+-?(?:days?|h|hrs?|hours?|weeks?|months?|years?|mins?|minutes?|am|pm|"
    r"kgs?|g|cm|mm|ml|st|nd|rd|th|rmb|cny|usd)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_CAPITALISED = re.compile(r"[A-Z][A-Za-z&]*(?:'[A-Za-z]+)?")
_BEGINS = re.compile(r"(?:\A|[.!?:;\n])[\s\"'(-]*\Z")
_COMMON = """
a after all also although an and any as at before below both but by can delivery do
each either for from generally hello here hi how however if in it its no not on once
only or orders otherwise our please refunds returns shipping simply since so sorry
sure thank thanks that the their then there these they this to typically under
unfortunately until usually we what when where while with within yes you your
"""
# What a sentence may open with, hence with a capital, without being a name.
_OPENERS = frozenset(_COMMON.split())
_CALENDAR = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
    r"[a-z]*"
)
_WORD = re.compile(r"[A-Za-z]+")
_PUNCTUATION = ".,;:!?)\"'。、"


def addresses(wording: Wording) -> set[str]:
    """E-mail addresses, links, domains and handles."""
    found = _ADDRESS.findall(wording.normal)
    return {address.rstrip(_PUNCTUATION).casefold() for address in found}


def codes(wording: Wording) -> set[str]:
    """Order numbers, tracking numbers, telephone numbers, models."""
    found = (code.lstrip("#") for code in _CODE.findall(wording.normal))
    return {
        code.casefold()
        for code in found
        if not (_NUMBER.fullmatch(code) or _DATE.fullmatch(code))
    }


def strangers(wording: Wording, facts: Wording) -> set[str]:
    """Names that the facts do not know."""
    known = set(_WORD.findall(facts.normal))
    if wording.chinese:
        lower = {word.casefold() for word in known}
        found = {word.casefold() for word in _WORD.findall(wording.normal)}
        return (found - lower) | (wording.names - facts.names)
    return {
        match.group()
        for match in _CAPITALISED.finditer(wording.normal)
        if not _familiar(match, facts, known)
    }


def _familiar(match: re.Match[str], facts: Wording, known: set[str]) -> bool:
    name = match.group().split("'")[0]
    if name == "I" or name in known or _CALENDAR.fullmatch(name):
        return True
    if name.isupper() and len(name) > 1:
        # "US" is not "us".
        return False
    if name.casefold() in {word.casefold() for word in known}:
        return True
    if not _BEGINS.search(match.string, 0, match.start()):
        return False
    return name.casefold() in _OPENERS or name.casefold()[:4] in facts.words
