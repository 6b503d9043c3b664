"""The words that name a product in English."""

import re
from functools import cache

from bots.dialogue.understand import features, lexicon
from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots.found import Found
from bots.dialogue.understand.slots.words import listed

_WORD = re.compile(r"[a-z0-9][a-z0-9'&+-]*")
_STOPS = listed("english stops")
# Words after these heads that belong to the name: "iphone 14 pro".
_MODELS = re.compile(r"(?:pro|max|mini|plus|ultra|lite|se|air|\d{1,4}[a-z]{0,2})$")
_DEVICES = listed("english devices")
_FALSE = re.compile(
    r"than ring|"
    r"(?:coffee|tea|dog|cat|book|music) (?:lover|fan|addict|nerd)|"
    r"phone (?:number|call|no\b)|(?:my|your|a|new|old) phone(?: has)? (?:changed|"
    r"number)|ring me|book me|by phone|on the phone|"
    r"order book|address book|light up|game over|fan of|iron out|pot luck|"
    r"case number|in (?:any|that|this|my) case|just in case|"
    r"dress code|tie up|watch out|over the phone|via phone|cup of|plate number|card|"
    r"mirror site|table for|suit (?:me|you)|tea time|"
    r"a bit of light|chat(?:s)? light|coffee break|fit the|back ?order"
)
_HEADS_MOST = 3
_MOST_BEFORE = 4

_NAME = r"((?:[a-z][a-z'-]+ ){0,3}[a-z][a-z'-]+)"
_FRAMES = (
    re.compile(
        rf"(?:do (?:you|u) (?:have|sell|stock|carry)|have you got|looking for|"
        rf"search(?:ing)? for|recommend|suggest|find me|show me|buy|purchase|sell|"
        rf"in the market for|after|need|want)(?: me)?(?: to buy| to order|"
        rf" to purchase)?(?! to\b)(?: (?:a|an|any|some|the|your|more|new|good|"
        rf"pair of|decent|nice|cheap))* {_NAME}"
    ),
    re.compile(
        rf"(?:return|send back|exchange|swap|replace|repair|fix|"
        rf"cancel)(?:ing)?(?: (?:the|my|this|that|these|those))+ {_NAME}"
    ),
    re.compile(
        rf"(?:the|my|this|that|these|those) {_NAME}(?= (?:is|are|was|were|has|have|"
        rf"came|arrived|broke|stopped|doesn't|doesnt|don't|dont|won't|wont|"
        rf"i (?:bought|ordered|got|returned)))"
    ),
    re.compile(
        rf"(?:is|are|does|do|will) (?:the|this|that|these|those|"
        rf"your) {_NAME}(?= (?:\w+)(?: |\?|$))"
    ),
    re.compile(
        rf"(?:price of|cost of|how much (?:is|are|for)|about) (?:the|this|that|your|"
        rf"these|those|a|an) {_NAME}"
    ),
)
_NO_KINDS = listed("english no kinds")


def find(said: Said) -> Found[str] | None:
    words = list(_WORD.finditer(said.folded))
    at = 0
    while at < len(words):
        length = _head(words, at)
        if length and not _FALSE.match(said.folded, words[at].start()):
            found = _phrase(said, words, at, at + length)
            if not _FALSE.search(said.folded[max(0, found.start - 12) : found.end + 8]):
                return found
        at += max(1, length)
    return _framed(said)


def _head(words: list[re.Match[str]], at: int) -> int:
    """Return how many words from `at` on name things, compounds taken whole."""
    length = 0
    while at + length < len(words) and (length == 0 or _joined(words, at + length)):
        step = _known(words, at + length)
        if not step:
            break
        length += step
    return length


def _known(words: list[re.Match[str]], at: int) -> int:
    for size in range(_HEADS_MOST, 0, -1):
        part = words[at : at + size]
        name = " ".join(word[0] for word in part)
        if len(part) == size and (name in _heads() or name.rstrip("s") in _heads()):
            return size
    return 0


def _joined(words: list[re.Match[str]], at: int) -> bool:
    """Tell whether a word follows the one before with nothing but a space."""
    return at > 0 and words[at].start() - words[at - 1].end() == 1


def _phrase(said: Said, words: list[re.Match[str]], first: int, end: int) -> Found[str]:
    start = first
    while start > 0 and first - start < _MOST_BEFORE and _joined(words, start):
        before = words[start - 1][0]
        if before in _STOPS or before.isdigit() or before.endswith(("iest", "ish")):
            break
        start -= 1
    while words[end - 1][0] in _DEVICES | {"iphone"} or _MODELS.match(
        words[end - 1][0]
    ):
        if (
            end >= len(words)
            or not _joined(words, end)
            or not _MODELS.match(words[end][0])
        ):
            break
        end += 1
    begin, stop = words[start].start(), words[end - 1].end()
    return Found(value=said.span(begin, stop), start=begin, end=stop)


def _framed(said: Said) -> Found[str] | None:
    for frame in _FRAMES:
        for match in frame.finditer(said.folded):
            words = _leading(match[1].split())
            if words:
                start = match.start(1) + match[1].index(words[0])
                end = start + len(" ".join(words))
                return Found(value=said.span(start, end), start=start, end=end)
    return None


def _leading(words: list[str]) -> list[str]:
    """Return the words up to the first that describes no thing."""
    kept: list[str] = []
    for word in words:
        if word in _STOPS:
            if kept:
                break
            continue
        kept.append(word)
    return [] if not kept or any(map(_no_kind, kept)) else kept


def _no_kind(word: str) -> bool:
    """Tell whether a word names no product, however it is spelt."""
    return word in _NO_KINDS or features.spelt(lexicon.stem(word)) in _no_kind_stems()


@cache
def _no_kind_stems() -> frozenset[str]:
    return frozenset(map(lexicon.stem, _NO_KINDS))


@cache
def _heads() -> frozenset[str]:
    return frozenset(word for word in lexicon.words("product") if word.isascii())
