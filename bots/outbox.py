"""Sends once, in order, through the channel, what was decided in a transaction."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bots import moderation, push
from bots.consent import wants_order_news, wants_promotions
from bots.messages import (
    Button,
    Card,
    NotSent,
    Outgoing,
    Permanent,
    Sender,
    SendResult,
    Sent,
    Unknown,
)
from bots.models import Conversation, Delivery, Message

logger = logging.getLogger(__name__)

Lane = Delivery.Lane
State = Delivery.State
Send = Callable[[Conversation, Outgoing], SendResult]

MAX_ATTEMPTS = 8
# An attempt that has not come back by then belongs to a dead worker.
ATTEMPT_LEASE = timedelta(seconds=60)
# A reply whose fate is unknown is sent once more after this.
REPEAT_AFTER = timedelta(seconds=25)
# Begins the error of a delivery whose repeat is due.
UNKNOWN = "unknown: "
# Nobody waits for these: better none than two.
NEVER_REPEATED = {Lane.PROMO, Lane.NOTICE}


def put(
    conversation: Conversation,
    *,
    sender: Sender,
    lane: Lane,
    text: str,
    buttons: tuple[Button, ...] = (),
    cards: tuple[Card, ...] = (),
    language: str = "",
    agent_id: int | None = None,
    client_id: str | None = None,
    rendering: Mapping[str, str] | None = None,
    hold: timedelta = timedelta(),
) -> Message:
    """Write a message and its delivery; the caller's transaction decides.

    `hold` delays the sending while a language model may still improve the words.
    """
    now = timezone.now()
    message = Message.objects.create(
        conversation=conversation,
        sender=sender,
        text=moderation.masked(text),
        buttons=[button.as_json() for button in buttons],
        cards=[card.as_json() for card in cards],
        language=language,
        agent_id=agent_id,
        client_id=client_id,
        created_at=now,
    )
    Delivery.objects.create(
        message=message,
        conversation=conversation,
        lane=lane,
        owner_version=conversation.owner_version,
        not_before=now + hold,
        rendering=dict(rendering or {}),
    )
    return message


def deliver(conversation_id: int, send: Send) -> datetime | None:
    """Send what is due in this conversation, oldest first.

    Returns when to look again, or None when nothing is left to wait for.
    """
    while True:
        delivery = claim(conversation_id, timezone.now())
        if delivery is None:
            return _next_look(conversation_id)
        result = send(delivery.conversation, _outgoing(delivery))
        settle(delivery, result, timezone.now())


def claim(conversation_id: int, now: datetime) -> Delivery | None:
    """Take the oldest open delivery, if it is due and nobody else is sending.

    Counts the attempt and gives the message its place before the attempt is made.
    A bot's message is dropped here where a person has taken over since.
    """
    with transaction.atomic():
        conversation = (
            Conversation.objects.select_for_update(of=("self",))
            .select_related("contact", "channel")
            .get(pk=conversation_id)
        )
        while True:
            delivery = _first_open(conversation_id, locked=True)
            if delivery is None or delivery.state == State.SENDING:
                return None
            reason = _obsolete(delivery, conversation)
            if not reason:
                break
            _close(delivery, State.CANCELLED, reason)
        if delivery.not_before > now:
            return None
        delivery.conversation = conversation
        _start(delivery, now)
    return delivery


def settle(delivery: Delivery, result: SendResult, now: datetime) -> None:
    """Write down what became of an attempt."""
    with transaction.atomic():
        still_ours = Delivery.objects.select_for_update().filter(
            pk=delivery.pk, state=State.SENDING, attempts=delivery.attempts
        )
        if not still_ours.exists():
            return
        match result:
            case Sent(external_id=external_id):
                Message.objects.filter(pk=delivery.message_id).update(
                    external_id=external_id
                )
                _close(delivery, State.SENT)
            case NotSent():
                _try_again(delivery, result, now)
            case Permanent():
                _refused(delivery, result, now)
            case Unknown():
                _unknown(delivery, result, now)
    push.look(push.conversation_topic(delivery.conversation_id))
    push.look(push.DESK)


def recover(now: datetime, *, abandoned_since: datetime | None = None) -> int:
    """Settle attempts whose worker died; their fate is unknown. Returns how many."""
    stale = Delivery.objects.filter(
        state=State.SENDING, started_at__lt=abandoned_since or now - ATTEMPT_LEASE
    ).select_related("conversation")
    count = 0
    for delivery in stale:
        settle(delivery, Unknown(reason="the worker died"), now)
        count += 1
    return count


def conversations_due(now: datetime) -> list[int]:
    """Conversations with something other than a promotion to send now."""
    due = Delivery.objects.due(now).exclude(lane=Lane.PROMO).order_by()
    return list(due.values_list("conversation_id", flat=True).distinct()[:1000])


def promotions_due(now: datetime, most: int) -> list[int]:
    """Conversations with a promotion to send now, the longest due first."""
    due = Delivery.objects.due(now).filter(lane=Lane.PROMO).order_by("not_before", "id")
    return list(due.values_list("conversation_id", flat=True)[:most])


def _first_open(conversation_id: int, *, locked: bool = False) -> Delivery | None:
    """The one under way, else the oldest; replies before promotions.

    `locked`: rows are locked in the order of their keys, as `improve` locks them.
    """
    open_ones = (
        Delivery.objects.filter(
            conversation=conversation_id, state__in=[State.PENDING, State.SENDING]
        )
        .select_related("message")
        .order_by("id")
    )
    if locked:
        open_ones = open_ones.select_for_update(of=("self",))
    return min(
        open_ones,
        key=lambda row: (row.state != State.SENDING, row.lane == Lane.PROMO, row.pk),
        default=None,
    )


def _obsolete(delivery: Delivery, conversation: Conversation) -> str:
    """Say why a message must not go out any more, or ""."""
    if conversation.contact.blocked_at:
        return "the contact blocked the bot"
    if delivery.lane == Lane.PROMO and not wants_promotions(conversation.contact):
        return "the contact wants no promotions"
    if delivery.lane == Lane.NOTICE:
        # What happened to an order stands, whoever owns the talk.
        wanted = wants_order_news(conversation.contact)
        return "" if wanted else "the contact wants no order news"
    if delivery.message.sender != Sender.BOT:
        return ""
    # A promotion belongs to no turn: it only must not disturb a person's talk.
    stands = delivery.owner_version == conversation.owner_version or (
        delivery.lane == Lane.PROMO and conversation.owner == Conversation.Owner.BOT
    )
    return "" if stands else "a person took over"


def _start(delivery: Delivery, now: datetime) -> None:
    conversation, message = delivery.conversation, delivery.message
    if message.seq is None:
        message.seq = conversation.next_seq()
        message.sent_at = now
        message.save(update_fields=["seq", "sent_at"])
        conversation.last_message_at = now
        conversation.save(update_fields=["last_seq", "last_message_at"])
    delivery.state = State.SENDING
    delivery.attempts += 1
    delivery.started_at = now
    delivery.save(update_fields=["state", "attempts", "started_at"])


def _outgoing(delivery: Delivery) -> Outgoing:
    message = delivery.message
    return Outgoing(
        to=delivery.conversation.contact.external_id,
        text=message.text,
        buttons=tuple(Button(**item) for item in message.buttons),
        cards=tuple(Card(**item) for item in message.cards),
    )


def _close(delivery: Delivery, state: State, error: str = "") -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state, error=error, rendering={}
    )


def _again(delivery: Delivery, at: datetime, error: str) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.PENDING, not_before=at, error=error
    )


def _try_again(delivery: Delivery, result: NotSent, now: datetime) -> None:
    if delivery.attempts >= MAX_ATTEMPTS:
        _close(delivery, State.FAILED, result.reason)
        return
    wait = max(result.retry_after, min(2.0**delivery.attempts, 600.0))
    _again(delivery, now + timedelta(seconds=wait), result.reason)


def _refused(delivery: Delivery, result: Permanent, now: datetime) -> None:
    _close(delivery, State.FAILED, result.reason)
    if result.contact_gone:
        contact = delivery.conversation.contact
        contact.blocked_at = now
        contact.save(update_fields=["blocked_at"])


def _unknown(delivery: Delivery, result: Unknown, now: datetime) -> None:
    """Repeat a reply once, since silence is worse than a rare double."""
    is_repeat = delivery.error.startswith(UNKNOWN)
    if result.partly_sent or delivery.lane in NEVER_REPEATED or is_repeat:
        _close(delivery, State.UNKNOWN, result.reason)
        return
    _again(delivery, now + REPEAT_AFTER, UNKNOWN + result.reason)


def _next_look(conversation_id: int) -> datetime | None:
    """When the first in line is due; one being sent is its own worker's."""
    first = _first_open(conversation_id)
    return first.not_before if first and first.state == State.PENDING else None


def improve(message_id: int, text: str) -> bool:
    """Put better words into a message that has not left yet; whether that was so."""
    with transaction.atomic():
        waiting = Delivery.objects.select_for_update().filter(
            message_id=message_id, state=State.PENDING, attempts=0
        )
        if not waiting.update(rendering={}, not_before=timezone.now()):
            return False
        if text:
            words = moderation.masked(text)
            Message.objects.filter(pk=message_id).update(text=words)
        return True
