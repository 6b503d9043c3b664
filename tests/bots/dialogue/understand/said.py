"""Saying something to the step that understands, on a Friday in November."""

from datetime import datetime
from typing import Any

from bots.dialogue.turn import Understanding, Utterance
from bots.dialogue.understand import understand

# A Friday.
AT = datetime.fromisoformat("2026-11-06T10:00:00+08:00")


def hear(text: str, *history: tuple[str, str], expecting: str = "") -> Understanding:
    return understand(Utterance(text=text, at=AT, history=history, expecting=expecting))


def names(found: Understanding) -> list[str]:
    return [intent.name for intent in found.intents]


def slots(text: str, expecting: str = "") -> dict[str, Any]:
    return dict(hear(text, expecting=expecting).slots)
