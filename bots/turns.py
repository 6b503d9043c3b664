"""One turn of a conversation: read what was said, think, commit what follows."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import takewhile
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone

from bots import consent, moderation, outbox, spending
from bots.desk import tickets
from bots.dialogue import engine, trace
from bots.dialogue.turn import Input, Outcome, Shopper, Understanding
from bots.messages import Sender
from bots.models import Conversation, Delivery, Feedback, Message, TurnTrace

logger = logging.getLogger(__name__)

HISTORY = 8
# From here on an understanding leaves no doubt.
PLAIN = 0.9
# A burst longer than this is answered although fragments still come.
LONGEST_BURST = timedelta(seconds=5)


class Fenced(Exception):  # noqa: N818 - said of the turn
    """Another worker has the conversation now; nothing was written."""


def burst_goes_on(conversation_id: int, now: datetime) -> bool:
    """Whether the shopper's last fragment is so fresh that another may follow."""
    said = list(
        Message.objects.unhandled()
        .filter(conversation_id=conversation_id, value="")
        .order_by("seq")
        .values_list("sent_at", flat=True)
    )
    if not said or said[0] is None or said[-1] is None:
        return False
    fresh = now - said[-1] < timedelta(seconds=settings.BURST_WAIT)
    return fresh and now - said[0] < LONGEST_BURST


def take(conversation_id: int, fence: int) -> list[Message] | None:
    """Answer the unhandled messages as one turn; None where there are none.

    Returns the messages written. Raises `Fenced` where the lease was lost meanwhile.
    """
    started = monotonic()
    conversation = Conversation.objects.get(pk=conversation_id)
    said = _together(_unhandled(conversation_id))
    if not said:
        return None
    given = as_input(conversation, said, language=conversation.language)
    with spending.counted(conversation):
        understanding = engine.understand(given, conversation.state)
    understood = monotonic()
    with transaction.atomic():
        locked = _locked(conversation_id, fence)
        if locked.owner == Conversation.Owner.HUMAN:
            return _leave_to_person(locked, said, understanding)
        if locked.owner_version != conversation.owner_version:
            # A person took over, answered and left while the bot was thinking.
            _mark(said, timezone.now())
            return []
        before, shopper = locked.state, _shopper(locked)
        outcome = engine.respond(given, understanding, before, shopper)
        answered = monotonic()
        written = _commit(locked, outcome)
        _mark(said, timezone.now())
        record = trace.record(given, shopper, before, outcome)
        record["messages"] = [message.pk for message in written]
        record["milliseconds"] = {
            "understand": _milliseconds(understood - started),
            **record["milliseconds"],
            "write": _milliseconds(monotonic() - answered),
        }
        seen = understanding.as_json() | understanding.remarks() | _watched(given)
        _trace(locked, said, seen, outcome, record, monotonic() - started)
    return written


def answer(conversation_id: int, fence: int) -> list[Message] | None:
    """As `take`; where that fails for a reason of ours, an apology is written instead."""
    try:
        return take(conversation_id, fence)
    except (Fenced, OperationalError):
        raise
    except Exception:
        logger.exception("a turn failed; the shopper is told and a person is called")
        return apologise(conversation_id, fence)


def apologise(conversation_id: int, fence: int) -> list[Message]:
    """A turn failed for a reason of ours: say so once, and call a person.

    Raises `Fenced` where another worker has the conversation by now.
    """
    with transaction.atomic():
        conversation = _locked(conversation_id, fence)
        said = _unhandled(conversation_id)
        if conversation.owner == Conversation.Owner.HUMAN:
            _mark(said, timezone.now())
            return []
        outcome = engine.failed(conversation.state, conversation.language)
        written = _commit(conversation, outcome)
        _mark(said, timezone.now())
    return written


def _unhandled(conversation_id: int) -> list[Message]:
    return list(
        Message.objects.unhandled()
        .filter(conversation_id=conversation_id)
        .order_by("seq")
    )


def _together(said: list[Message]) -> list[Message]:
    """What makes up one turn: a button stands alone, words go up to the next button."""
    if said and said[0].value:
        return said[:1]
    return list(takewhile(lambda message: not message.value, said))


def _leave_to_person(
    conversation: Conversation, said: list[Message], understanding: Understanding
) -> list[Message]:
    """The bot is silent while a person owns the talk, but a STOP always counts."""
    now = timezone.now()
    best = understanding.request
    pressed = any(message.value == "promotions:off" for message in said)
    stops = best.name == "promotion_unsubscribe" and best.confidence >= PLAIN
    if pressed or stops:
        consent.set_consent(conversation.contact, False, source="chat", now=now)
    _mark(said, now)
    return []


def as_input(
    conversation: Conversation, said: list[Message], *, language: str
) -> Input:
    """The messages as one turn's words, after what was said before them."""
    before = (
        Message.objects.visible()
        .filter(conversation=conversation, seq__lt=said[0].seq)
        .reverse()[:HISTORY]
    )
    return Input(
        text="\n".join(message.text for message in said if message.text),
        at=said[-1].created_at,
        button=said[-1].value,
        attachments=tuple(
            item["type"] for message in said for item in message.attachments
        ),
        history=tuple((message.sender, message.text) for message in reversed(before)),
        language=language,
    )


def _locked(conversation_id: int, fence: int) -> Conversation:
    conversation = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("contact")
        .get(pk=conversation_id)
    )
    if conversation.fence != fence:
        raise Fenced
    return conversation


def _shopper(conversation: Conversation) -> Shopper:
    return Shopper(
        customer_id=conversation.customer_id,
        wrong_guesses=conversation.failed_checks,
        wants_promotions=consent.wants_promotions(conversation.contact),
    )


def _commit(conversation: Conversation, outcome: Outcome) -> list[Message]:
    now = timezone.now()
    conversation.state = dict(outcome.state)
    conversation.language = outcome.language
    conversation.failed_checks += outcome.wrong_guesses
    if outcome.customer_id:
        _introduce(conversation, outcome.customer_id)
    if outcome.promotions is not None:
        consent.set_consent(
            conversation.contact, outcome.promotions, source="chat", now=now
        )
    if outcome.rating:
        rating, comment = outcome.rating
        Feedback.objects.create(
            conversation=conversation, rating=rating, comment=comment, at=now
        )
    if outcome.hand_over:
        tickets.open_ticket(
            conversation,
            reason=outcome.hand_over.reason,
            summary=outcome.hand_over.summary,
            order_id=outcome.hand_over.order_id,
        )
    conversation.save(
        update_fields=[
            "state",
            "language",
            "failed_checks",
            "customer",
            "owner",
            "owner_version",
        ]
    )
    return _write(conversation, outcome)


def _introduce(conversation: Conversation, customer_id: int) -> None:
    """From here on the conversation and its contact are this customer's."""
    conversation.customer_id = customer_id
    contact = conversation.contact
    contact.customer_id = customer_id
    if not contact.name and conversation.customer:
        # A visitor without a name gets the one that staff know.
        contact.name = conversation.customer.name
    contact.save(update_fields=["customer", "name"])


def _write(conversation: Conversation, outcome: Outcome) -> list[Message]:
    """Put the replies into the outbox; a rendering holds its message back."""
    written = []
    for reply in outcome.replies:
        rendering = reply.rendering if settings.LLM_BACKEND != "none" else {}
        deadline = timedelta(seconds=settings.LLM_DEADLINE if rendering else 0)
        written.append(
            outbox.put(
                conversation,
                sender=Sender.BOT,
                lane=Delivery.Lane.REPLY,
                text=reply.text,
                buttons=reply.buttons,
                cards=reply.cards,
                language=outcome.language,
                rendering=rendering,
                hold=deadline,
            )
        )
    return written


def _mark(said: list[Message], now: datetime) -> None:
    Message.objects.filter(pk__in=[message.pk for message in said]).update(
        handled_at=now
    )


def _watched(given: Input) -> dict[str, list[str]]:
    """The words that staff watch for, as they were said."""
    words = moderation.heard(given.text)
    return {"watched": words} if words else {}


def _trace(
    conversation: Conversation,
    said: list[Message],
    understanding: Mapping[str, Any],
    outcome: Outcome,
    record: Mapping[str, Any],
    seconds: float,
) -> None:
    TurnTrace.objects.create(
        conversation=conversation,
        at=timezone.now(),
        first_seq=said[0].place,
        last_seq=said[-1].place,
        understanding=dict(understanding),
        commands=list(outcome.commands),
        record=trace.fitting(record),
        milliseconds=round(seconds * 1000),
    )


def _milliseconds(seconds: float) -> float:
    return round(1000 * seconds, 2)
