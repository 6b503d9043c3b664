"""Deciding what a message asks for: one intent, or several in the order said."""

import re
from dataclasses import replace
from datetime import date

from bots.dialogue.turn import Intent
from bots.dialogue.understand import answers, consent, patterns, plain, spoken
from bots.dialogue.understand.labels import (
    CERTAIN,
    MANNERS,
    NOTHING,
    OUT_OF_SCOPE,
    Wish,
)
from bots.dialogue.understand.message import Message
from bots.dialogue.understand.slots import dates
from bots.dialogue.understand.slots.found import without

_GUESS = 0.4
_ANSWERED = 0.9
# Only whether a day is named counts here, not which.
_ANY_DAY = date(2026, 1, 1)
# The end of a phone number, or all of it.
_PHONE = re.compile(r"(?<!\d)(?:\d{4}|\d{7,15})(?!\d)")
_NO_MORE = re.compile(r"(?:on|by|before|the|at|吧|的|在|就|\W)*")

__all__ = ["Message", "decide"]


def decide(message: Message) -> tuple[Intent, ...]:
    """Return the intents of the message in the order said, at least one."""
    message = _untold(message)
    found = _bare(message) or answers.decide(message) or spoken.decide(message)
    return tuple(Intent(name=name, confidence=sure) for name, sure in found)


def _untold(message: Message) -> Message:
    """Return the message without the proof of who speaks, where it is no wish itself."""
    if not message.setting.expecting and not plain.numbered(message.folded):
        return message
    rest = plain.untold(message.said)
    if rest is message.said or not any(map(str.isalnum, rest.folded)):
        return message
    return replace(message, said=rest, was_proof=True)


def _bare(message: Message) -> list[Wish]:
    """Return the intent of a message that is one known word, or no word at all."""
    text, setting = message.folded, message.setting
    if message.was_more and not any(map(str.isalnum, text)):
        return [(setting.task, _ANSWERED) if setting.task else NOTHING]
    said = consent.verdict(text, setting.question)
    name = patterns.match(text)
    if message.was_proof and (said or name in MANNERS) and not setting.confirms:
        # "Ok, my e-mail is …" tells who speaks, and agrees to nothing.
        return [(setting.task, _ANSWERED)] if setting.task else _data(message)
    if said == "deny" and answers.gives_reason(message) and setting.confirms:
        return []
    if wished := _named(message, said):
        return [(wished, _ANSWERED)]
    # "ok thanks" answers a question, and ends the talk where there is none.
    if said and (setting.is_open or not name):
        return [(said, CERTAIN)]
    if name == "promotion_unsubscribe" and setting.expecting and "unsub" not in text:
        return [("cancel", CERTAIN)]
    if name:
        return [(name, CERTAIN)]
    return _data(message)


def _named(message: Message, said: str) -> str:
    """Return what a yes or no names by its action where nothing was proposed.

    "Ok, return it then" wishes for it; "不退了" stops it.
    """
    setting = message.setting
    action = consent.action(message.folded) if said and not setting.confirms else ""
    if said == "affirm" and not setting.is_open:
        return action
    return "cancel" if said == "deny" and action and action == setting.task else ""


def _data(message: Message) -> list[Wish]:
    """Return the intent of numbers, addresses and dates with no words beside them."""
    text, setting = message.folded, message.setting
    found = plain.bare(text)
    wordless = patterns.wordless(text)
    if not found and not wordless:
        return _dated(message)
    if setting.expecting and any(c.isalnum() for c in text):
        return [(setting.task, _ANSWERED) if setting.task else NOTHING]
    if not found and _PHONE.search(text):
        return [NOTHING]
    return found or [(OUT_OF_SCOPE, _GUESS)]


def _dated(message: Message) -> list[Wish]:
    """Return the task, or no wish at all, where nothing but a day is named."""
    day = dates.find(message.said, _ANY_DAY)
    if not day or not _NO_MORE.fullmatch(without(message.said, [day]).folded):
        return []
    return [(message.setting.task, _ANSWERED) if message.setting.task else NOTHING]
