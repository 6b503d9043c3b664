"""The console of the conversation side, one file a subject; Django finds it here."""

from bots.admin import (
    audit,
    belt,
    campaign,
    channel,
    contact,
    conversation,
    correction,
    staff,
    term,
    ticket,
    trained,
    turn,
    usage,
)

__all__ = [
    "audit",
    "belt",
    "campaign",
    "channel",
    "contact",
    "conversation",
    "correction",
    "staff",
    "term",
    "ticket",
    "trained",
    "turn",
    "usage",
]
