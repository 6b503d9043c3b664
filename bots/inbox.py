"""Takes in once what channels deliver, and turns it into messages in order."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from bots import push
from bots.messages import Inbound, Kind, Sender
from bots.models import Channel, Contact, Conversation, InboundEvent, Message

# An event that ended its worker this often is not tried again.
MAX_ATTEMPTS = 3
SPOKEN = {Kind.TEXT, Kind.BUTTON, Kind.MEDIA, Kind.STARTED, Kind.UNSUPPORTED}


def receive(channel: Channel, inbound: Iterable[Inbound]) -> set[str]:
    """Store events before any work; return the conversation keys to look at.

    An event that is there already (same channel, same key) changes nothing, but its
    conversation is returned all the same: looking twice is harmless.
    """
    now = timezone.now()
    events = [
        InboundEvent(
            channel=channel,
            dedup_key=item.dedup_key,
            conversation_key=item.conversation_key,
            kind=item.kind,
            payload=item.as_json(),
            occurred_at=item.occurred_at,
            received_at=now,
            status=_first_status(item),
        )
        for item in inbound
    ]
    InboundEvent.objects.bulk_create(events, ignore_conflicts=True)
    return {
        event.conversation_key
        for event in events
        if event.status == InboundEvent.Status.NEW
    }


def _order(event: InboundEvent) -> tuple[datetime, int, int]:
    """When it happened; within a platform's second, as the platform counted."""
    digits = event.dedup_key.rpartition(":")[2]
    counted = int(digits) if digits.isdecimal() and digits.isascii() else 0
    return event.occurred_at, counted, event.pk


def _uncount(event: InboundEvent) -> None:
    InboundEvent.objects.filter(pk=event.pk).update(attempts=F("attempts") - 1)


def _first_status(item: Inbound) -> InboundEvent.Status:
    """What no person said (a group's notice) is kept, and not worked on."""
    return InboundEvent.Status.NEW if item.sender_id else InboundEvent.Status.IGNORED


def as_inbound(event: InboundEvent) -> Inbound:
    """The event as its channel told it."""
    payload = event.payload
    return Inbound(
        dedup_key=event.dedup_key,
        conversation_key=event.conversation_key,
        kind=Kind(event.kind),
        occurred_at=event.occurred_at,
        **{key: value for key, value in payload.items() if key != "kind"},
    )


def conversation_of(channel: Channel, inbound_key: str) -> Conversation | None:
    """Find the conversation of a key, making it from its first event.

    None where the key has no events at all.
    """
    found = Conversation.objects.filter(
        channel=channel, external_key=inbound_key
    ).first()
    if found:
        return found
    first = (
        InboundEvent.objects.filter(channel=channel, conversation_key=inbound_key)
        .order_by("id")
        .first()
    )
    if first is None:
        return None
    return start(channel, inbound_key, payload=first.payload)


def start(
    channel: Channel, key: str, *, payload: dict[str, Any], customer: Any = None
) -> Conversation:
    """Return the conversation of a key, made where it is not there yet."""
    with transaction.atomic():
        contact, _ = Contact.objects.get_or_create(
            channel=channel,
            external_id=payload["sender_id"],
            defaults={
                "name": payload.get("name", "")[:200],
                "language": payload.get("language", ""),
                "customer": customer,
            },
        )
        conversation, _ = Conversation.objects.get_or_create(
            channel=channel,
            external_key=key,
            defaults={
                "contact": contact,
                "customer": customer,
                "language": payload.get("language", ""),
            },
        )
    return conversation


def take_in(conversation: Conversation) -> list[int]:
    """Turn the new events of a conversation into messages; return the events' keys.

    The caller holds the conversation's lease. Events go in the order in which they
    happened, each in its own transaction, counted before it is tried.
    """
    events = InboundEvent.objects.filter(
        channel_id=conversation.channel_id,
        conversation_key=conversation.external_key,
        status=InboundEvent.Status.NEW,
    )
    taken = []
    for event in sorted(events, key=_order):
        event.attempts += 1
        InboundEvent.objects.filter(pk=event.pk).update(attempts=F("attempts") + 1)
        if event.attempts > MAX_ATTEMPTS:
            _end(event, InboundEvent.Status.DEAD, "ended its worker repeatedly")
            continue
        try:
            with transaction.atomic():
                if _take(conversation.pk, event, timezone.now()):
                    taken.append(event.pk)
        except OperationalError:
            # The database was away: that is not the event's fault.
            _uncount(event)
            raise
    if taken:
        push.look(push.conversation_topic(conversation.pk))
        push.look(push.DESK)
    return taken


def add(
    channel: Channel, conversation: Conversation, inbound: Inbound
) -> tuple[Message, bool]:
    """Store an event and its message at once; (message, whether it is new).

    For channels whose sender needs the message's place in the answer.
    """
    with transaction.atomic():
        # The row lock first: a repeat that runs at the same time waits here.
        Conversation.objects.select_for_update().get(pk=conversation.pk)
        event, is_new = InboundEvent.objects.get_or_create(
            channel=channel,
            dedup_key=inbound.dedup_key,
            defaults={
                "conversation_key": inbound.conversation_key,
                "kind": inbound.kind,
                "payload": inbound.as_json(),
                "occurred_at": inbound.occurred_at,
                "received_at": timezone.now(),
            },
        )
        if is_new:
            _take(conversation.pk, event, timezone.now())
    return Message.objects.get(event=event), is_new


def _take(conversation_id: int, event: InboundEvent, now: datetime) -> bool:
    """Work one event into its conversation; return whether a message came of it."""
    conversation = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("contact")
        .get(pk=conversation_id)
    )
    if event.kind in {Kind.BLOCKED, Kind.UNBLOCKED}:
        _set_blocked(conversation.contact, event)
        _end(event, InboundEvent.Status.DONE)
        return False
    if event.kind == Kind.EDITED:
        _edit(conversation, event)
        return False
    if event.kind not in SPOKEN:
        _end(event, InboundEvent.Status.IGNORED, f"kind {event.kind}")
        return False
    _write(conversation, event, now)
    _end(event, InboundEvent.Status.DONE)
    return True


def _write(conversation: Conversation, event: InboundEvent, now: datetime) -> None:
    payload = event.payload
    Message.objects.create(
        conversation=conversation,
        seq=conversation.next_seq(),
        sender=Sender.SHOPPER,
        text=payload["text"],
        value=payload["value"][:200],
        attachments=_attachments(event),
        external_id=payload["external_id"][:128],
        event=event,
        created_at=event.occurred_at,
        sent_at=event.received_at,
    )
    conversation.last_message_at = now
    conversation.typing_at = None
    conversation.save(update_fields=["last_seq", "last_message_at", "typing_at"])
    if conversation.contact.blocked_at:
        # Who writes to us has not blocked us any more.
        conversation.contact.blocked_at = None
        conversation.contact.save(update_fields=["blocked_at"])


def _attachments(event: InboundEvent) -> list[dict[str, Any]]:
    if event.kind == Kind.UNSUPPORTED:
        return [{"type": "unsupported"}]
    attachments: list[dict[str, Any]] = event.payload["attachments"]
    return attachments


def _edit(conversation: Conversation, event: InboundEvent) -> None:
    """Replace the text of a message nobody has worked on; else leave it as said."""
    changed = (
        Message.objects.unhandled()
        .filter(conversation=conversation, external_id=event.payload["external_id"])
        .update(text=event.payload["text"])
    )
    if changed:
        _end(event, InboundEvent.Status.DONE)
    else:
        _end(event, InboundEvent.Status.IGNORED, "edited after it was answered")


def _set_blocked(contact: Contact, event: InboundEvent) -> None:
    blocked = event.kind == Kind.BLOCKED
    contact.blocked_at = event.occurred_at if blocked else None
    contact.save(update_fields=["blocked_at"])


def _end(event: InboundEvent, status: InboundEvent.Status, error: str = "") -> None:
    InboundEvent.objects.filter(pk=event.pk).update(status=status, error=error)
