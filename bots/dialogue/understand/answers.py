"""What a message asks for where the bot has asked something."""

import re

from bots.dialogue.understand import clauses, consent, patterns, spoken
from bots.dialogue.understand.classifier import Reading
from bots.dialogue.understand.labels import (
    ANSWERS,
    IDLE,
    NOTHING,
    OUT_OF_SCOPE,
    SOCIAL,
    Wish,
)
from bots.dialogue.understand.message import Message, distinct

# A no or a way out that the classifier must be sure of.
_STANDS = 0.6
# A new wish instead of the answer; a question is rarely one, and reasons look like
# other requests themselves.
_WISH = 0.75
_WISH_ASKED = 0.45
_WISH_OVER_REASON = 0.93
_TASK = 0.85
# A yes beside other words: never enough to act upon where a confirmation is open.
_YES_BESIDE = 0.3
_YES_ELSEWHERE = 0.5
_ASKS = re.compile(
    r"[?？]|[吗么呢]\W*$|什么|怎么|多久|多少|哪|几[天号点]|先问|\b(?:what|when|where|why|how|which|"
    r"who|can you|could you|do you|does|is there|is it)\b"
)


def decide(message: Message) -> list[Wish]:
    """Return the intents of an answer to the open question; none where none is open."""
    setting = message.setting
    if not setting.expecting and not setting.offered:
        return []
    name, end = consent.opening(message.folded)
    if setting.confirms:
        return _at_confirmation(message, name, end)
    if name == "deny":
        return [(name, 0.95), *_beside(message, end)]
    if name:
        return _after_yes(message, end)
    return _to_question(message) if setting.task else []


def _at_confirmation(message: Message, name: str, end: int) -> list[Wish]:
    """Return what is said instead of a plain yes or no."""
    refused = consent.refuses(message.folded)
    if name == "deny" and not refused:
        return [(name, 0.95), *_beside(message, end)]
    if refused:
        others = [wish for wish in _wishes(message) if wish[0] != message.setting.task]
        return distinct([("deny", 0.9), *others])
    rest = message.part(end) if name else message
    # "Yes, no" is neither: it is asked again.
    found = _task(message) if consent.verdict(rest.folded) else _instead(rest)
    return distinct([*found, ("affirm", _YES_BESIDE)]) if name else found


def _instead(message: Message) -> list[Wish]:
    """Return the wish of words that neither agree nor refuse; else the open task."""
    asks = _ASKS.search(message.folded)
    needed = _WISH_ASKED if asks else _WISH
    found = [wish for wish in spoken.decide(message) if wish[0] != "affirm"]
    first, sure = found[0] if found else NOTHING
    if (
        (first in {"deny", "cancel"} and (asks or sure < _STANDS))
        or sure < needed
        or first in (OUT_OF_SCOPE, message.setting.task)
    ):
        found = []
    return found or _task(message)


def _task(message: Message) -> list[Wish]:
    return [(message.setting.task, _TASK)] if message.setting.task else [NOTHING]


def _after_yes(message: Message, end: int) -> list[Wish]:
    """Return what a yes opens where no yes was asked for: the rest says more."""
    rest = message.part(end)
    reading = rest.read()
    if reading.label not in IDLE and reading.confidence >= _WISH:
        return [(reading.label, reading.confidence), ("affirm", _YES_ELSEWHERE)]
    if message.setting.task:
        return [(message.setting.task, 0.8), ("affirm", _YES_ELSEWHERE)]
    if _ASKS.search(rest.folded) or consent.refuses(rest.folded):
        return [NOTHING, ("affirm", _YES_BESIDE)]
    return [("affirm", _YES_ELSEWHERE)]


def _beside(message: Message, end: int) -> list[Wish]:
    """Return what is said after a no: another wish, or the task itself."""
    rest = message.folded[end:].strip(" ,.!，。！、")
    if not rest or patterns.match(rest) or consent.verdict(rest):
        return []
    reading, task = message.model.read(rest), message.setting.task
    if reading.label not in IDLE and reading.confidence >= _WISH:
        return [(reading.label, reading.confidence)]
    return [(task, 0.8)] if task else []


def _to_question(message: Message) -> list[Wish]:
    whole = message.read()
    if _replaces(message, whole) and _leads(message, whole):
        return []
    answer = whole.label if _stands(whole) else message.setting.task
    return distinct([(answer, _TASK), *_wishes(message, skip=1)])


def _stands(reading: Reading) -> bool:
    """Tell whether this is said instead of an answer: a no, a way out."""
    outs = {"deny", "cancel", "human_agent"}
    return reading.label in outs and reading.confidence >= _STANDS


def _replaces(message: Message, reading: Reading) -> bool:
    reasons = message.setting.expecting == "reason"
    needed = _WISH_OVER_REASON if reasons else _WISH
    if _ASKS.search(message.folded) and not reasons:
        needed = _WISH_ASKED
    settled = ANSWERS | {OUT_OF_SCOPE, message.setting.task}
    if reading.label in settled or _stands(reading):
        return False
    return reading.confidence >= needed


def _leads(message: Message, whole: Reading) -> bool:
    """Tell whether a wish is said from the start, and not after an answer."""
    for start, end in clauses.split(message.folded):
        if patterns.match(message.folded[start:end]) not in SOCIAL:
            first = message.read(start, end)
            return first.label == whole.label or first.confidence >= _WISH
    return True


def _wishes(message: Message, skip: int = 0) -> list[Wish]:
    """Return the wishes that clauses after the first `skip` plainly have."""
    parts = clauses.split(message.folded)[skip:]
    readings = [
        message.read(start, end)
        for start, end in parts
        if not consent.refuses(message.folded[start:end])
    ]
    return [
        (r.label, r.confidence)
        for r in readings
        if r.label not in IDLE - {"human_agent", "complaint"} and r.confidence >= _WISH
    ]
