"""A talk as the shopper sees it, and what the shopper adds to it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Least
from django.utils import timezone

from bots import inbox, push, tasks
from bots.api import presence
from bots.api.borrowed import borrowed
from bots.messages import Inbound, Kind, Sender
from bots.models import Conversation, Message, Ticket

# More than a page can show; a reader that gets so many asks again.
LIMIT = 500
# No button sends more (bytes), so that a longer text need not be looked up.
MAX_VALUE = 64


@dataclass(frozen=True, kw_only=True)
class View:
    """What is new in a talk, and how it stands."""

    messages: list[dict[str, Any]]
    typing: bool
    state: dict[str, Any] = field(default_factory=dict)


def look(conversation_id: int, after: int) -> View | None:
    """Read what came after a place; None where the talk is gone."""
    with borrowed():
        talk = Conversation.objects.filter(pk=conversation_id).first()
        return None if talk is None else _view(talk, after)


def say(talk: Conversation, client_id: str, text: str) -> Message:
    """Write the shopper's words once; the same `client_id` again changes nothing."""
    inbound = _inbound(talk, client_id, text, timezone.now())
    message, is_new = inbox.add(talk.channel, talk, inbound)
    if is_new:
        tasks.wake(talk.channel_id, [talk.external_key])
        push.look(push.conversation_topic(talk.pk))
        push.look(push.DESK)
    return message


def mark_read(talk: Conversation, place: int) -> None:
    """Remember how far the shopper has read; never back, never past the end."""
    seen = Least(Value(place), F("last_seq"))
    moved = Conversation.objects.filter(pk=talk.pk, read_seq__lt=seen).update(
        read_seq=seen
    )
    if moved:
        push.look(push.conversation_topic(talk.pk))
        push.look(push.DESK)


def as_json(message: Message) -> dict[str, Any]:
    sent_at = message.sent_at or message.created_at
    return {
        "id": message.seq,
        "sender": message.sender,
        "text": message.text,
        "buttons": message.buttons,
        "cards": message.cards,
        "sent_at": sent_at.isoformat(),
    }


def _view(talk: Conversation, after: int) -> View:
    messages = talk.messages.filter(seq__gt=after).order_by("seq")[:LIMIT]
    return View(
        messages=[as_json(message) for message in messages],
        typing=presence.answer_is_written(talk, timezone.now()),
        state={
            "owner": talk.owner,
            "read": talk.read_seq,
            "agent": _agent_name(talk),
        },
    )


def _agent_name(talk: Conversation) -> str:
    """Return the first name of who answers; a log-in name is nobody's business."""
    if talk.owner != Conversation.Owner.HUMAN:
        return ""
    name = (
        Ticket.objects.filter(conversation=talk, status=Ticket.Status.OPEN)
        .values_list("assignee__first_name", flat=True)
        .first()
    )
    return name or ""


def _inbound(talk: Conversation, client_id: str, text: str, now: datetime) -> Inbound:
    label = _pressed(talk, text)
    return Inbound(
        dedup_key=f"c:{talk.pk}:{client_id}",
        conversation_key=talk.external_key,
        sender_id=talk.contact.external_id,
        kind=Kind.BUTTON if label else Kind.TEXT,
        occurred_at=now,
        text=label or text,
        value=text if label else "",
        language=talk.language,
    )


def _pressed(talk: Conversation, text: str) -> str:
    """Return the label of the offered button that sends this text, or ""."""
    if len(text.encode()) > MAX_VALUE:
        return ""
    offered = (
        Message.objects.filter(conversation=talk, sender=Sender.BOT, seq__isnull=False)
        .exclude(buttons=[])
        .order_by("-seq")
        .values_list("buttons", flat=True)
        .first()
    )
    labels: dict[str, str] = {
        button["value"]: button["label"] for button in offered or ()
    }
    return labels.get(text, "")
