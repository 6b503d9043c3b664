"""The words that name a product in English."""

import re

from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots.found import Found
from bots.dialogue.understand.slots.misspelt import meant
from bots.dialogue.understand.slots.shop import Words
from bots.dialogue.understand.slots.words import listed

_WORD = re.compile(r"[a-z0-9][a-z0-9'&+-]*")
_STOPS = listed("english stops")
_NO_KINDS = listed("english no kinds")
_DEVICES = listed("english devices")
_VERBS_TOO = listed("english verbs too")
# Words after these heads that belong to the name: "iphone 14 pro".
_MODEL = re.compile(r"(?:pro|max|mini|plus|ultra|lite|se|air|\d{1,4}[a-z]{0,2})$")
_FALSE = re.compile(
    r"battery (?:life|health|capacity)|water (?:proof|resist|damage|got)|than ring|phone(?: is| number|:)* ?\x1f|"
    r"(?:coffee|tea|dog|cat|book|music) (?:lover|fan|addict|nerd)|"
    r"phone (?:number|call|no\b)|(?:my|your|a|new|old) phone(?: has)? (?:changed|"
    r"number)|by phone|on the phone|"
    r"order book|address book|light up|game over|fan of|iron out|pot luck|"
    r"case number|in (?:any|that|this|my) case|just in case|"
    r"dress code|tie up|watch out|over the phone|via phone|cup of|plate number|\bcards?\b|"
    r"mirror site|table for|suit (?:me|you)|tea time|mobile phone number|"
    r"a bit of light|chat(?:s)? light|coffee break|fit the|back ?order|"
    r"(?:desktop|phone|mobile|tablet|computer) (?:site|app|version|screen)|on (?:my|the|a|your) "
    r"(?:phone|laptop|computer|pc|tablet|ipad|iphone|desktop)\b"
)
# "The glass of the candle" is the candle's.
_PART_OF = re.compile(r" of (?:the|my|this|that) (?=[a-z])")
# What stands before a thing, and not before somebody who does it.
_SPEAKERS = "i we you u to please pls plz can could will would and just or it"
_BEFORE_VERB = frozenset(_SPEAKERS.split())
_AFTER_VERB = re.compile(
    r" (?:a|an|the|my|me|us|it|them|this|that|in|up|out|down|service|online|now|somebody|someone)\b"
)
_MEASURED = re.compile(
    r"(?:seater|piece|tier|drawer|door|person|man|in|way|ply|ring|burner|string)$"
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
        rf"(?:return|send back|exchange|swap|replace|repair|fix|mend|"
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


def find(said: Said, words: Words) -> Found[str] | None:
    """Return the thing named first, with the words right before it that describe it."""
    told = list(_WORD.finditer(said.folded))
    at = 0
    while at < len(told):
        length = _head(told, at, words)
        if length and _is_noun(said.folded, told, at, length):
            found = _phrase(said, told, at, at + length)
            if not _FALSE.search(said.folded[max(0, found.start - 12) : found.end + 8]):
                return found
        at += max(1, length)
    return _framed(said) or _branded(said, words)


def _head(told: list[re.Match[str]], at: int, words: Words) -> int:
    """Return how many words from `at` on name things, compounds taken whole."""
    length = 0
    while at + length < len(told) and (length == 0 or _joined(told, at + length)):
        step = _known(told, at + length, words)
        if not step:
            break
        length += step
    return length


def _known(told: list[re.Match[str]], at: int, words: Words) -> int:
    for size in range(_HEADS_MOST, 0, -1):
        part = told[at : at + size]
        name = " ".join(word[0] for word in part)
        if len(part) == size and _is_kind(name, words):
            return size
    return 0


def _is_kind(name: str, words: Words) -> bool:
    if any(one in words.kinds for one in _singulars(name)):
        return True
    if name in _STOPS or name in _NO_KINDS:
        return False
    return bool(meant(words.kinds).nearest(name.removesuffix("s")))


def _singulars(name: str) -> list[str]:
    """Return what `name` may be the plural of, and itself."""
    if name.endswith("ies"):
        return [name, name[:-3] + "y"]
    return [name, name.removesuffix("s"), name.removesuffix("es")]


def _is_noun(text: str, told: list[re.Match[str]], at: int, length: int) -> bool:
    """Tell whether the words name a thing here: "book it" does not."""
    start, end = told[at].start(), told[at + length - 1].end()
    if _FALSE.match(text, start) or _PART_OF.match(text, end):
        return False
    if length > 1 or told[at][0] not in _VERBS_TOO:
        return True
    before = told[at - 1][0] if _joined(told, at) else ""
    if before in _BEFORE_VERB:
        return False
    return bool(before) or not _AFTER_VERB.match(text, end)


def _joined(told: list[re.Match[str]], at: int) -> bool:
    """Tell whether a word follows the one before with nothing but a space."""
    return at > 0 and told[at].start() - told[at - 1].end() == 1


def _phrase(said: Said, told: list[re.Match[str]], first: int, end: int) -> Found[str]:
    start = first
    while start > 0 and first - start < _MOST_BEFORE and _joined(told, start):
        before = told[start - 1][0]
        if (
            before in _STOPS
            or _is_count(told, start - 1)
            or before.endswith(("iest", "ish"))
        ):
            break
        start -= 1
    while _has_model(told, end):
        end += 1
    begin, stop = told[start].start(), told[end - 1].end()
    return Found(value=said.span(begin, stop), start=begin, end=stop)


def _is_count(told: list[re.Match[str]], at: int) -> bool:
    """Tell whether a number says how many things, not of which kind: "3 seater"."""
    return told[at][0].isdigit() and not _MEASURED.match(told[at + 1][0])


def _has_model(told: list[re.Match[str]], end: int) -> bool:
    """Tell whether the next word says which model of a device it is."""
    device = told[end - 1][0] in _DEVICES or _MODEL.match(told[end - 1][0])
    more = end < len(told) and _joined(told, end)
    return bool(device and more and _MODEL.match(told[end][0]))


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
    return word in _NO_KINDS or bool(meant(_NO_KINDS).nearest(word))


def _branded(said: Said, words: Words) -> Found[str] | None:
    """Return a brand of the shop's where nothing else names the thing."""
    for start, end in words.brands.find(said.folded):
        return Found(value=said.span(start, end), start=start, end=end)
    return None
