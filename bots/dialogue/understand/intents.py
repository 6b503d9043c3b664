"""Deciding what a message asks for: one intent, or several in the order said."""

from dataclasses import dataclass

from bots.dialogue.turn import Intent
from bots.dialogue.understand import clauses, patterns
from bots.dialogue.understand.classifier import OUT_OF_SCOPE, Classifier, Reading
from bots.dialogue.understand.context import IDLE, Setting
from bots.dialogue.understand.normalise import Said

# Kept beside a request, but never before it.
SOCIAL = frozenset({"greet", "thank", "goodbye", "chitchat"})
_ANSWERS = frozenset({"affirm", "deny"})
_CERTAIN = 0.97
_GUESS = 0.4
# How well a clause's own label must hold, by how the clause is joined: backed by the
# whole message, or alone. Chosen on pairs of phrases that the models had not seen.
_OWN_SHARE = 0.7
_BACKED = (0.6, 0.2, 0.15)
_OWN = (2.0, 0.9, 0.8)
_LEADING = 0.4
# A yes, a no or a way out that the classifier must be sure of.
_STANDS = 0.6
# Below both, a label is no better than saying that it is none of the shop's.
_STRANGE = 0.3
# A new wish instead of the answer; reasons look like other requests themselves.
_WISH = 0.75
_WISH_OVER_REASON = 0.93


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is said, where it is said, and who reads it."""

    said: Said
    setting: Setting
    model: Classifier

    def read(self, start: int = 0, end: int | None = None) -> Reading:
        return self.model.read(self.said.folded[start:end])


def decide(message: Message) -> tuple[Intent, ...]:
    """Return the intents of the message, best first, at least one."""
    found = _bare(message) or _answer(message) or _spoken(message)
    requests = [item for item in found if item[0] not in SOCIAL]
    ordered = requests + [item for item in found if item[0] in SOCIAL]
    return tuple(Intent(name=name, confidence=sure) for name, sure in ordered)


def _bare(message: Message) -> list[tuple[str, float]]:
    """Return the intent of a message that is one known word, or no word at all."""
    text, task = message.said.folded, message.setting.task
    name = patterns.match(text)
    if (
        name == "promotion_unsubscribe"
        and message.setting.expecting
        and "unsub" not in text
    ):
        return [("cancel", _CERTAIN)]
    if name:
        return [(name, _CERTAIN)]
    if not patterns.wordless(text):
        return []
    if message.setting.expecting and task and any(c.isalnum() for c in text):
        return [(task, 0.9)]
    return [(OUT_OF_SCOPE, _GUESS)]


def _answer(message: Message) -> list[tuple[str, float]]:
    """Return the intents of an answer to the open question; none where none is open."""
    setting = message.setting
    if not setting.expecting and not setting.offered:
        return []
    name, end = patterns.opening(message.said.folded)
    if name:
        return [(name, 0.95), *_beside(message, name, end)]
    if not setting.task:
        return []
    whole = message.read()
    if _replaces(message, whole) and _leads(message, whole):
        return []
    answer = whole.label if _stands(whole) else setting.task
    return _distinct([(answer, 0.85), *_wishes(message, skip=1)])


def _beside(message: Message, name: str, end: int) -> list[tuple[str, float]]:
    """Return what is said after a yes or no: another wish, or the task itself."""
    rest = message.said.folded[end:].strip(" ,.!，。！、")
    if not rest or patterns.match(rest):
        return []
    reading, task = message.model.read(rest), message.setting.task
    wish = reading.label not in IDLE and reading.confidence >= _WISH
    if wish and (reading.label != task or name == "deny"):
        return [(reading.label, reading.confidence)]
    corrects = name == "deny" or message.setting.expecting not in ("confirm", "")
    return [(task, 0.8)] if task and corrects else []


def _stands(reading: Reading) -> bool:
    """Tell whether this is said instead of an answer: a yes, a no, a way out."""
    return (
        reading.label in _ANSWERS | {"cancel", "human_agent"}
        and reading.confidence >= _STANDS
    )


def _replaces(message: Message, reading: Reading) -> bool:
    needed = _WISH_OVER_REASON if message.setting.expecting == "reason" else _WISH
    if reading.label in (OUT_OF_SCOPE, message.setting.task) or _stands(reading):
        return False
    return reading.confidence >= needed


def _leads(message: Message, whole: Reading) -> bool:
    """Tell whether a wish is said from the start, and not after an answer."""
    for start, end in clauses.split(message.said.folded):
        if patterns.match(message.said.folded[start:end]) not in SOCIAL:
            first = message.read(start, end)
            return first.label == whole.label or first.confidence >= _WISH
    return True


def _wishes(message: Message, skip: int) -> list[tuple[str, float]]:
    parts = clauses.split(message.said.folded)[skip:]
    readings = [message.read(start, end) for start, end in parts]
    return [
        (r.label, r.confidence)
        for r in readings
        if r.label not in IDLE - {"human_agent", "complaint"} and r.confidence >= _WISH
    ]


def _spoken(message: Message) -> list[tuple[str, float]]:
    whole = message.read()
    parts = clauses.split(message.said.folded)
    found = _clause_labels(message, parts, whole) if len(parts) > 1 else []
    if not any(name not in SOCIAL for name, _ in found):
        found.append(_scoped(whole))
    return _distinct(found)


def _clause_labels(
    message: Message, parts: list[tuple[int, int]], whole: Reading
) -> list[tuple[str, float]]:
    found = []
    for at, (start, end) in enumerate(parts):
        clause = message.said.folded[start:end]
        known = patterns.match(clause)
        if known in SOCIAL:
            found.append((known, _CERTAIN))
            continue
        reading = message.read(start, end)
        if reading.label in _ANSWERS | {OUT_OF_SCOPE} or clauses.is_background(clause):
            continue
        joint = clauses.joint(message.said.folded, parts, at)
        if (
            _backed(reading, whole) >= _BACKED[joint]
            or reading.confidence >= _OWN[joint]
        ):
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


def _scoped(reading: Reading) -> tuple[str, float]:
    if reading.confidence < _STRANGE and reading.label != OUT_OF_SCOPE:
        return OUT_OF_SCOPE, 1 - reading.confidence
    return reading.label, reading.confidence


def _distinct(found: list[tuple[str, float]]) -> list[tuple[str, float]]:
    best: dict[str, float] = {}
    for name, sure in found:
        best[name] = max(best.get(name, 0.0), sure)
    return list(best.items())
