"""The vocabulary of a turn, shared by its steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Intent:
    """A label of contract/intents.md with a calibrated confidence in 0..1."""

    name: str
    confidence: float


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """What is to be understood: the words of one turn, and where they were said."""

    text: str
    at: datetime
    # (sender, text), oldest first.
    history: tuple[tuple[str, str], ...] = ()
    # The field the bot asked for last ("order_id", "email", …), if any.
    expecting: str = ""
    # The language spoken so far: short or wordless messages keep it.
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """What an utterance means. `intents` is never empty, best first."""

    language: str
    sentiment: str
    intents: tuple[Intent, ...]
    slots: Mapping[str, Any] = field(default_factory=dict)

    @property
    def best(self) -> Intent:
        return self.intents[0]

    def has(self, *names: str) -> bool:
        return any(intent.name in names for intent in self.intents)

    def as_json(self) -> dict[str, Any]:
        return {
            "language": self.language,
            "sentiment": self.sentiment,
            "intents": [
                {"name": intent.name, "confidence": round(intent.confidence, 4)}
                for intent in self.intents
            ],
            "slots": dict(self.slots),
        }
