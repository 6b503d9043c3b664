"""A conversation as its reader sees it: bubbles, and what the engine made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bots.admin.turn import remarks
from bots.messages import Sender
from bots.models import Conversation, Delivery, Message, TurnTrace

# A page of more is not read by anyone; the newest are shown.
LONGEST = 400


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What was understood of the shopper's words, and what it led to."""

    # (name, percent), best first.
    intents: tuple[tuple[str, int], ...]
    slots: Mapping[str, Any]
    # What the shopper said, in one.
    text: str
    language: str
    sentiment: str
    # What is remarkable about it, in words.
    remarks: tuple[str, ...]
    commands: tuple[str, ...]
    milliseconds: int
    # Its own page.
    address: str


@dataclass(frozen=True, kw_only=True)
class Bubble:
    message: Message
    # "shopper", "bot", "agent" or "system": its colour and its side.
    side: str
    who: str
    at: datetime
    delivery: Delivery | None
    turn: Turn | None


@dataclass(frozen=True, kw_only=True)
class Transcript:
    said: tuple[Bubble, ...]
    # Waiting to go out, or dropped before they did.
    unsaid: tuple[Bubble, ...]
    # How many older ones are not shown.
    older: int


def transcript(conversation: Conversation) -> Transcript:
    """Read the newest part of a talk, in a fixed number of queries."""
    messages = conversation.messages.select_related("agent", "delivery")
    said = messages.filter(seq__isnull=False).order_by("-seq")[:LONGEST]
    shown = list(reversed(said))
    turns = _turns(conversation, shown)
    unsaid = messages.filter(seq__isnull=True).order_by("-pk")[:LONGEST]
    first = shown[0].seq if shown else None
    older = conversation.messages.filter(seq__lt=first).count() if first else 0
    return Transcript(
        said=tuple(_bubble(message, turns) for message in shown),
        unsaid=tuple(_bubble(message, {}) for message in reversed(unsaid)),
        older=older,
    )


def _turns(conversation: Conversation, shown: list[Message]) -> dict[int, Turn]:
    """The turns by the place of the last message they answered."""
    if not shown:
        return {}
    traces = conversation.traces.filter(last_seq__gte=shown[0].seq).defer("record")
    return {trace.last_seq: _turn(trace, shown) for trace in traces}


def _turn(trace: TurnTrace, shown: list[Message]) -> Turn:
    understood: dict[str, Any] = trace.understanding
    return Turn(
        intents=tuple(
            (intent["name"], round(intent["confidence"] * 100))
            for intent in understood.get("intents", ())
        ),
        slots=understood.get("slots", {}),
        text=" ".join(
            message.text
            for message in shown
            if message.seq
            and trace.first_seq <= message.seq <= trace.last_seq
            and message.sender == Sender.SHOPPER
        ),
        language=understood.get("language", ""),
        sentiment=understood.get("sentiment", ""),
        remarks=tuple(remarks(understood)),
        commands=tuple(str(command) for command in trace.commands),
        milliseconds=trace.milliseconds,
        address=reverse("admin:bots_turntrace_change", args=[trace.pk]),
    )


def _bubble(message: Message, turns: dict[int, Turn]) -> Bubble:
    return Bubble(
        message=message,
        side=message.sender,
        who=_who(message),
        at=message.sent_at or message.created_at,
        delivery=getattr(message, "delivery", None),
        turn=turns.get(message.seq) if message.seq else None,
    )


def _who(message: Message) -> str:
    if message.sender == Sender.AGENT:
        return message.agent.get_username() if message.agent else _("Agent")
    names = {
        Sender.SHOPPER: _("Shopper"),
        Sender.BOT: _("Bot"),
        Sender.SYSTEM: _("System"),
    }
    return names[Sender(message.sender)]
