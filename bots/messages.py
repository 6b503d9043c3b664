"""The shared words: what comes in, what goes out, and what became of sending it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

LANGUAGES = ("zh", "en")


class Kind(StrEnum):
    """What an inbound event is."""

    TEXT = "text"
    BUTTON = "button"
    MEDIA = "media"
    EDITED = "edited"
    STARTED = "started"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    UNSUPPORTED = "unsupported"


class Sender(StrEnum):
    SHOPPER = "shopper"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True)
class Button:
    """A choice: what it shows and what it sends back. `value` is at most 64 bytes."""

    label: str
    value: str

    def as_json(self) -> dict[str, str]:
        return {"label": self.label, "value": self.value}


@dataclass(frozen=True, kw_only=True)
class Card:
    title: str
    subtitle: str = ""
    image: str = ""
    url: str = ""

    def as_json(self) -> dict[str, str]:
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "image": self.image,
            "url": self.url,
        }


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """One event from a channel, translated.

    `dedup_key` is unique in its channel: the same event again changes nothing.
    `conversation_key` names the talk it belongs to, `sender_id` the person.
    """

    dedup_key: str
    conversation_key: str
    sender_id: str
    kind: Kind
    occurred_at: datetime
    text: str = ""
    value: str = ""
    name: str = ""
    language: str = ""
    external_id: str = ""
    attachments: tuple[Mapping[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "sender_id": self.sender_id,
            "text": self.text,
            "value": self.value,
            "name": self.name,
            "language": self.language,
            "external_id": self.external_id,
            "attachments": [dict(item) for item in self.attachments],
        }


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A message as a channel sends it."""

    to: str
    text: str
    buttons: tuple[Button, ...] = ()
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sent:
    external_id: str = ""


@dataclass(frozen=True, kw_only=True)
class NotSent:
    """Surely not executed; may be tried again, not before `retry_after` seconds."""

    reason: str
    retry_after: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Permanent:
    """Refused for good: this message, this contact or the whole channel."""

    reason: str
    contact_gone: bool = False


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """May have been executed: the answer was lost.

    `partly_sent`: some of it surely was, so that a repeat would double it.
    """

    reason: str
    partly_sent: bool = False


SendResult = Sent | NotSent | Permanent | Unknown


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the engine answers: plain text, choices, cards.

    `rendering`, where set, says what a language model may word anew from. `source` is
    what the text was made from: the name of a wording, or of an entry.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    cards: tuple[Card, ...] = ()
    rendering: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
