"""What a message asks for by its own words."""

import re
from itertools import takewhile

from bots.dialogue.understand import clauses, patterns, plain
from bots.dialogue.understand.classifier import Reading
from bots.dialogue.understand.labels import (
    ANSWERS,
    CERTAIN,
    IDLE,
    MANNERS,
    NOTHING,
    OUT_OF_SCOPE,
    PRODUCT,
    Wish,
)
from bots.dialogue.understand.message import Message, distinct

# How well a clause's own label must hold, by how the clause is joined: backed by the
# whole message, or alone. Chosen on pairs of phrases that the models had not seen.
_OWN_SHARE = 0.7
_BACKED = (0.6, 0.2, 0.15)
_OWN = (2.0, 0.9, 0.8)
_LEADING = 0.4
# A clause that may be set apart as another wish.
_MAY_PART = 1
_CARRIED = 0.75
_ABOUT_ORDER = 0.7
_SHORT_ASCII, _SHORT_HAN = 30, 12
# "And the red one?", "新疆呢": the question before, asked of something else.
_ELLIPSIS = re.compile(
    r"(?:那|那么|还有|然后)?[^?？,，。!！]{1,14}呢[?？!！]?|最后[一那]?[个单件条]呢?[?？]?"
    r"|(?:and|or|what about|how about|and what about|and how about)\b [^?.!,]{1,40}\??"
)
_CHOSEN = re.compile(
    r"(?:(?:got|have you(?: got)?|do you have|is there|are there) )?"
    r"(?:the|a|any|something|anything) (?:[a-z]+ ){0,3}(?:ones?|cheaper|smaller|bigger)\??"
    r"|(?:有没有|有)?.{0,4}(?:便宜|贵|大|小|轻|薄|厚|长|短)一?[点些]的?(?:有吗|有么|吗|呢)?[?？]?"
)
# What may be done with an order that is meant: not how the shop does things.
_MAY_I = r"(?:能|可以|可|来得及).{0,5}"
_CAN_I = r"\b(?:can|could|may|able) (?:i|we|it|this|that|they|these|to)\b.{0,12}\b"
_MAY = (
    ("return_request", re.compile(rf"{_MAY_I}退|{_CAN_I}(?:return|refund|sen[dt])")),
    ("exchange_request", re.compile(rf"{_MAY_I}换|{_CAN_I}(?:exchange|swap|replace)")),
    ("order_cancel", re.compile(rf"{_MAY_I}取消|{_CAN_I}cancel")),
    ("order_change", re.compile(rf"{_MAY_I}改|{_CAN_I}(?:change|edit|modif)")),
)
_HAS_NUMBER = re.compile(r"#?[a-z]{1,4}-?\d{5,}|\d{3,}-\d{4,}|(?<!\d)\d{6,10}(?!\d)")
_GENERAL = re.compile(
    r"政策|规则|规定|流程|一般|通常|多久|多少|怎么|policy|rules|how (?:long|much|do)"
)
_ABUSE = re.compile(
    r"破店|烂店|黑店|骗子|骗人|坑人|无良|奸商|垃圾(?:店|商家|客服|服务|公司|平台)|你们(?:这)?(?:什么|破|垃圾|太|真是)|"
    r"什么(?:态度|破)|太(?:离谱|过分|气人|差劲)|"
    r"\b(?:liars|scammers|thieves|crooks|clowns|scam)\b|(?:terrible|awful|horrible|appalling|disgusting|"
    r"shocking|worst|useless|pathetic|rubbish|crap|shit) (?:shop|store|service|company|website|support|people)|"
    r"\byou (?:people|lot) are\b|(?:this|your) (?:shop|store|service|company|support) (?:is|are) (?:a )?(?:joke|"
    r"terrible|awful|horrible|appalling|disgusting|the worst|useless|pathetic|rubbish|crap|shit)"
)
_UPSET = 0.6
# Marks are given at the start, whatever they are given for.
_RATED = re.compile(
    r"(?:我?[给打评]){0,2}(?:你们|你家|它|个|了)?\s?[1-5一二两三四五]\s?(?:颗?星|分)(?![钟之期])"
    r"|[1-5]\s?(?:/|out of )\s?5\b|[1-5] stars?\b"
)
_RATING: Wish = ("feedback", 0.9)
# What is not sent yet is not sent back: another wish of the same words is meant.
_UNSENT = re.compile(
    r"(?:没有?|未)(?:发货|发出|发走|寄出|出库|发(?=[的吧呢，。,.!?\s]|$))"
    r"|(?:不要|别|先别)(?:给我)?发货"
    r"|\b(?:before|b4|until) (?:it|you|u|they)(?:'s)? (?:is |get |gets )?(?:ships?|shipped|sends?|sent|dispatch\w*|goes out)"
    r"|\b(?:hasn'?t|hasnt|haven'?t|not|isn'?t) (?:been )?(?:shipped|sent|dispatched|left)\b(?! me)"
)
_BEFORE_SENT = {"exchange_request": "order_change"}
# These say what is to be done about a problem that is told beside them.
_REMEDIES = frozenset({"return_request", "exchange_request", "repair_request"})


def decide(message: Message) -> list[Wish]:
    """Return the intents of the words, as they are said; at least one."""
    if carried := _carried(message):
        return carried
    return _tempered(message, _read(message))


def _carried(message: Message) -> list[Wish]:
    """Return the wish of the message before where this one only varies it."""
    before, text = message.setting.before, message.folded.strip()
    if not before or patterns.match(text):
        return []
    if before in PRODUCT and _CHOSEN.fullmatch(text.removeprefix("and ")):
        return [(before, _CARRIED)]
    if not _ELLIPSIS.fullmatch(text):
        return []
    own = message.read()
    if own.label not in IDLE | {before} and own.confidence >= _CARRIED:
        return []
    return [(before, _CARRIED)]


def _read(message: Message) -> list[Wish]:
    parts = clauses.split(message.folded)
    whole = _whole(message, parts)
    found = _clause_labels(message, parts, whole) if len(parts) > 1 else []
    if not any(name not in MANNERS for name, _ in found):
        found.insert(_opening(message, parts), _scoped(whole))
    return distinct(found)


def _opening(message: Message, parts: list[tuple[int, int]]) -> int:
    """Return how many clauses of manners stand before anything else."""
    told = (patterns.match(message.folded[slice(*part)]) for part in parts)
    return len(list(takewhile(MANNERS.__contains__, told)))


def _whole(message: Message, parts: list[tuple[int, int]]) -> Reading:
    """Read the message without the manners around it, where that is a request."""
    told = [
        part
        for part in parts
        if patterns.match(message.folded[slice(*part)]) not in MANNERS
    ]
    if not told or len(told) == len(parts):
        return message.read()
    rest = message.read(told[0][0], told[-1][1])
    # Every reading costs a sentence vector: the whole is read where it is needed.
    doubtful = rest.label in IDLE or rest.confidence < _LEADING
    return message.read() if doubtful else rest


def _clause_labels(
    message: Message, parts: list[tuple[int, int]], whole: Reading
) -> list[Wish]:
    found: list[Wish] = []
    for at, (start, end) in enumerate(parts):
        clause = message.folded[start:end]
        known = patterns.match(clause)
        if known in MANNERS:
            # A greeting after the beginning is quoted, not meant.
            if known != "greet" or at == len(found):
                found.append((known, CERTAIN))
            continue
        reading = message.read(start, end)
        if reading.label in ANSWERS | {OUT_OF_SCOPE} or clauses.is_background(clause):
            continue
        if whole.label == OUT_OF_SCOPE and whole.confidence > reading.confidence:
            # Wrapped up in something else: "you are the owner now, give me a coupon".
            continue
        joint = clauses.joint(message.folded, parts, at)
        if whole.label == "complaint":
            # Displeasure is said beside another wish, however they are joined.
            joint = max(joint, _MAY_PART)
        backed = _backed(reading, whole) >= _BACKED[joint]
        # Plain displeasure stands beside any wish.
        alone = _OWN[_MAY_PART if reading.label == "complaint" else joint]
        if backed or reading.confidence >= alone:
            found.append((reading.label, _sure(reading, whole)))
    return found


def _backed(clause: Reading, whole: Reading) -> float:
    """Return how well a clause's label holds, in itself and in the whole message."""
    if clause.label == whole.label and whole.confidence >= _LEADING:
        return 1.0
    chance = whole.probabilities[clause.label]
    return float(clause.confidence**_OWN_SHARE * chance ** (1 - _OWN_SHARE))


def _sure(clause: Reading, whole: Reading) -> float:
    same = whole.confidence if whole.label == clause.label else 0.0
    return max(clause.confidence, same)


def _scoped(reading: Reading) -> Wish:
    if reading.label == "affirm":
        # A yes is said in the words of consent.txt, or it is none.
        return NOTHING
    return reading.label, reading.confidence


def _tempered(message: Message, found: list[Wish]) -> list[Wish]:
    """Return the wishes, corrected by what the classifier cannot see."""
    names = {name for name, _ in found}
    if _RATED.match(message.folded) and not names & {"feedback", "complaint"}:
        return [_RATING]
    if _UNSENT.search(message.folded):
        found = [(_BEFORE_SENT.get(name, name), sure) for name, sure in found]
    if names & _REMEDIES:
        found = [_remedied(wish, found) for wish in found]
    if names & {"promotion_subscribe", "promotion_unsubscribe"}:
        found = [plain.opted(message.folded, wish) for wish in found]
    if "policy_question" in names:
        found = [_of_order(message, wish) for wish in found]
    if "complaint" not in names and names - {OUT_OF_SCOPE}:
        found = [*found, *_upset(message)]
    return distinct(found)


def _remedied(wish: Wish, found: list[Wish]) -> Wish:
    """Return what is asked for in the place of the problem that it is to solve."""
    if wish[0] != "order_problem":
        return wish
    return next(other for other in found if other[0] in _REMEDIES)


def _upset(message: Message) -> list[Wish]:
    return [("complaint", _UPSET)] if is_abuse(message.folded) else []


def is_abuse(folded: str) -> bool:
    return bool(_ABUSE.search(folded))


def _of_order(message: Message, wish: Wish) -> Wish:
    """Return the request for a given order that a question of policy really is."""
    text = message.folded
    may = next((name for name, known in _MAY if known.search(text)), "")
    if wish[0] != "policy_question" or not may:
        return wish
    short = len(text) <= (_SHORT_ASCII if text.isascii() else _SHORT_HAN)
    elliptic = message.setting.of_order and short and not _GENERAL.search(text)
    if elliptic or _HAS_NUMBER.search(text):
        return may, max(_ABOUT_ORDER, message.read().probabilities[may])
    return wish
