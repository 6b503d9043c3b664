"""The vocabulary of a turn, shared by its steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bots.messages import Reply

# Said beside a request.
MANNERS = frozenset({"greet", "thank", "goodbye", "chitchat"})


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
    """What an utterance means. `intents` is never empty, in the order said."""

    language: str
    sentiment: str
    intents: tuple[Intent, ...]
    slots: Mapping[str, Any] = field(default_factory=dict)
    # Needed within a day or two; insulting; somebody may come to harm.
    urgent: bool = False
    abusive: bool = False
    danger: bool = False
    # What a language model said to it, for review; empty where none was asked.
    review: Mapping[str, Any] = field(default_factory=dict)

    @property
    def first(self) -> Intent:
        return self.intents[0]

    @property
    def request(self) -> Intent:
        """The first that is no mere manners, where there is one."""
        asked = (one for one in self.intents if one.name not in MANNERS)
        return next(asked, self.first)

    def has(self, *names: str) -> bool:
        return any(intent.name in names for intent in self.intents)

    def as_json(self) -> dict[str, Any]:
        """What programs outside are told."""
        return {
            "language": self.language,
            "sentiment": self.sentiment,
            "intents": [
                {"name": intent.name, "confidence": round(intent.confidence, 4)}
                for intent in self.intents
            ],
            "slots": dict(self.slots),
        }

    def remarks(self) -> dict[str, Any]:
        """What staff see beside it, where there is something to see."""
        names = ("urgent", "abusive", "danger")
        flags = [name for name in names if getattr(self, name)]
        found = {"flags": flags, "review": dict(self.review)}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, kw_only=True)
class Shopper:
    """Who is talking, as far as the channel or an identity check has proved it."""

    # Key of the verified customer; None where nobody has been identified.
    customer_id: int | None = None
    wrong_guesses: int = 0
    wants_promotions: bool = False


@dataclass(frozen=True, kw_only=True)
class Input:
    """One turn's words: a burst of messages is taken together."""

    text: str
    at: datetime
    # What a pressed button sent, where one was pressed.
    button: str = ""
    # Kinds of attachments ("photo", "voice", "unsupported", …).
    attachments: tuple[str, ...] = ()
    history: tuple[tuple[str, str], ...] = ()
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """The talk goes to a person."""

    reason: str
    summary: str
    order_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a turn decided; the caller makes it true in the same transaction."""

    replies: tuple[Reply, ...]
    state: Mapping[str, Any]
    language: str
    commands: tuple[str, ...] = ()
    # Somebody has been identified in this turn.
    customer_id: int | None = None
    wrong_guesses: int = 0
    promotions: bool | None = None
    rating: tuple[int | None, str] | None = None
    hand_over: HandOver | None = None
    # What was asked of the shop, and how long the steps took; as JSON.
    trace: Mapping[str, Any] = field(default_factory=dict)

    def effects(self) -> dict[str, Any]:
        """What comes of it beside the replies, where something does."""
        effects = {
            "identified": self.customer_id,
            "wrong_guesses": self.wrong_guesses or None,
            "promotions": self.promotions,
            "rating": self.rating[0] if self.rating else None,
            "hand_over": self.hand_over.reason if self.hand_over else None,
        }
        return {name: value for name, value in effects.items() if value is not None}
