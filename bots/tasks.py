"""The belt: converse, render, deliver, and the sweeper that forgets nothing.

Every task may run twice, late, or at the same time as itself: the database decides
what is left to do.
"""

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import shared_task
from celery.app.task import Task
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, transaction
from django.db.models import Min
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerDown
from redis import RedisError

from bots import adapters, inbox, lease, llm, outbox, push, spending, turns
from bots.llm import rendering
from bots.messages import Kind, Outgoing, SendResult, Unknown
from bots.models import (
    Channel,
    Conversation,
    Delivery,
    InboundEvent,
    Message,
    TrainedModel,
)

logger = logging.getLogger(__name__)

# What is not worked on by then was lost on the way to a worker.
LOST_AFTER = timedelta(seconds=3)
# Of the 30 messages a second that Telegram takes from a bot, a third is for replies.
PROMOTIONS_A_SECOND = 20
SWEEP_SECONDS = 5
# Leases in a row that may end without an answer.
MOST_TRIES = 4
# When a worker last ran the sweeper, for the readiness check.
WORKER_SEEN = "worker-seen"


# --- saying "look" after a commit -------------------------------------------------


def wake(channel_id: int, keys: Iterable[str]) -> None:
    """Have these conversations looked at once the transaction is committed."""
    for key in keys:
        arguments = {"channel_id": channel_id, "key": key}
        transaction.on_commit(partial(enqueue, converse, arguments))


def wake_delivery(conversation_id: int) -> None:
    """Have this conversation's outbox looked at after the commit."""
    arguments = {"conversation_id": conversation_id}
    transaction.on_commit(partial(enqueue, deliver, arguments))


def enqueue(
    task: "Task[Any, Any]", arguments: dict[str, Any], seconds: float = 0.0
) -> None:
    """Enqueue; a dead broker is no error, since the sweeper looks too."""
    try:
        task.apply_async(kwargs=arguments, countdown=seconds)
    except (BrokerDown, RedisError):
        logger.warning("the broker does not take it; the sweeper will see to it")


# --- the tasks --------------------------------------------------------------------


@shared_task
def converse(*, channel_id: int, key: str) -> None:
    """Take in what came for this conversation and answer it, until nothing is left.

    Another worker that holds the conversation looks again after its last message, so
    this one may go.
    """
    channel = Channel.objects.get(pk=channel_id)
    conversation = inbox.conversation_of(channel, key)
    while conversation and _has_work(conversation):
        held = lease.acquire(conversation.pk, timezone.now())
        if held is None:
            return
        try:
            go_on = _work(conversation, held)
        except OperationalError:
            logger.warning("the database failed in a turn; the sweeper will try again")
            lease.release(held, done=False)
            return
        lease.release(held, done=True)
        if not go_on:
            return


@shared_task
def deliver(*, conversation_id: int) -> None:
    """Send what this conversation has to send."""
    look_again = outbox.deliver(conversation_id, send)
    if look_again:
        wait = max((look_again - timezone.now()).total_seconds(), 0.05)
        # A longer wait is the sweeper's: no worker keeps it in memory.
        if wait <= LOST_AFTER.total_seconds() * 4:
            enqueue(deliver, {"conversation_id": conversation_id}, wait)


@shared_task
def show_receipt(*, channel_id: int, event_ids: list[int]) -> None:
    """Show that something arrived: a button's spinner ends, "typing" begins.

    Not worth a second try, and harmless when done twice.
    """
    channel = Channel.objects.get(pk=channel_id)
    adapter, account = adapters.adapter(channel.kind), adapters.account(channel)
    for event in InboundEvent.objects.filter(pk__in=event_ids):
        if event.kind == Kind.BUTTON:
            adapter.acknowledge(account, inbox.as_inbound(event))
        else:
            adapter.typing(account, event.payload["sender_id"])


@shared_task
def render(*, message_id: int) -> None:
    """Let the language model word a waiting answer anew, within its deadline."""
    waiting = (
        Delivery.objects.filter(message_id=message_id, state=Delivery.State.PENDING)
        .exclude(rendering={})
        .first()
    )
    if waiting is None:
        return
    left = (waiting.not_before - timezone.now()).total_seconds()
    model = llm.configured()
    text = None
    if model and left > 0:
        with spending.counted(waiting.conversation):
            text = rendering.render_answer(
                model, **waiting.rendering, deadline=time.monotonic() + left
            )
    if outbox.improve(message_id, text or ""):
        enqueue(deliver, {"conversation_id": waiting.conversation_id})


@shared_task
def sweep() -> None:
    """Pick up what a dead broker or worker left lying."""
    now = timezone.now()
    cache.set(WORKER_SEEN, time.time())
    outbox.recover(now)
    lost = (
        InboundEvent.objects.filter(
            status=InboundEvent.Status.NEW, received_at__lt=now - LOST_AFTER
        )
        .order_by()
        .values_list("channel_id", "conversation_key")
        .annotate(oldest=Min("received_at"))
        .order_by("oldest")
        .values_list("channel_id", "conversation_key")
    )
    unhandled = Conversation.objects.filter(
        pk__in=Message.objects.unhandled()
        .filter(sent_at__lt=now - LOST_AFTER)
        .values("conversation_id")
    ).values_list("channel_id", "external_key")
    for channel_id, key in {*lost[:1000], *unhandled[:1000]}:
        enqueue(converse, {"channel_id": channel_id, "key": key})
    for conversation_id in outbox.conversations_due(now - LOST_AFTER):
        enqueue(deliver, {"conversation_id": conversation_id})
    _pace_promotions(now)


@shared_task
def start_campaigns() -> None:
    """Start the campaigns whose time has come."""
    from bots.campaigns import sending

    for campaign_id in sending.start_due(timezone.now()):
        enqueue(send_campaign, {"campaign_id": campaign_id})


@shared_task
def send_campaign(*, campaign_id: int) -> None:
    """Write a campaign's messages into the outbox; the sweeper sends them in time."""
    from bots.campaigns import sending

    sending.send(campaign_id, timezone.now())


@shared_task
def train_understanding(*, trained_id: int) -> None:
    """Train the version that was begun; a second time there is nothing to do."""
    from bots.learning import training

    trained = TrainedModel.objects.get(pk=trained_id)
    if trained.status == TrainedModel.Status.TRAINING:
        training.carry_out(trained, training.learn_linear)


@shared_task
def tell_order_news() -> None:
    """Write what happened to orders into the outbox, and have it sent evenly."""
    from bots.notices import telling

    for conversation_id, hold in telling.tell(timezone.now()):
        arguments = {"conversation_id": conversation_id}
        enqueue(deliver, arguments, hold.total_seconds())


# --- how -------------------------------------------------------------------------


def _pace_promotions(now: datetime) -> None:
    """Start the promotions that are due, evenly, so that replies always find room.

    Only here: whichever sweeper comes first in its interval starts the next few.
    """
    if not cache.add("promotions-started", 1, SWEEP_SECONDS - 0.5):
        return
    most = int(PROMOTIONS_A_SECOND * SWEEP_SECONDS)
    for place, conversation_id in enumerate(outbox.promotions_due(now, most)):
        arguments = {"conversation_id": conversation_id}
        enqueue(deliver, arguments, place / PROMOTIONS_A_SECOND)


def _has_work(conversation: Conversation) -> bool:
    return (
        InboundEvent.objects.filter(
            channel_id=conversation.channel_id,
            conversation_key=conversation.external_key,
            status=InboundEvent.Status.NEW,
        ).exists()
        or Message.objects.unhandled().filter(conversation=conversation).exists()
    )


def _work(conversation: Conversation, held: lease.Lease) -> bool:
    """Take in and answer once; whether it is worth looking again."""
    arrived = inbox.take_in(conversation)
    if arrived and adapters.adapter(conversation.channel.kind).shows_receipt:
        arguments = {"channel_id": conversation.channel_id, "event_ids": arrived}
        enqueue(show_receipt, arguments)
    if turns.burst_goes_on(conversation.pk, timezone.now()):
        arguments = {
            "channel_id": conversation.channel_id,
            "key": conversation.external_key,
        }
        enqueue(converse, arguments, settings.BURST_WAIT)
        return False
    # What has ended its worker again and again is answered by a person.
    act = turns.apologise if held.tries > MOST_TRIES else turns.answer
    try:
        written = act(conversation.pk, held.fence)
    except turns.Fenced:
        return False
    _send_off(conversation.pk, written or [])
    return True


def _send_off(conversation_id: int, written: list[Message]) -> None:
    push.look(push.conversation_topic(conversation_id))
    push.look(push.DESK)
    if settings.LLM_BACKEND != "none":
        for delivery in Delivery.objects.filter(message__in=written).exclude(
            rendering={}
        ):
            enqueue(render, {"message_id": delivery.message_id})
    if written:
        enqueue(deliver, {"conversation_id": conversation_id})


def send(conversation: Conversation, message: Outgoing) -> SendResult:
    """Through the conversation's channel; what the adapter did not foresee is unknown."""
    channel = conversation.channel
    try:
        return adapters.adapter(channel.kind).send(adapters.account(channel), message)
    except Exception as error:
        logger.exception("a channel's adapter failed")
        return Unknown(reason=type(error).__name__)


def recover_embedded(now: datetime) -> None:
    """At the start of the only process: nobody else can be in the middle of work."""
    lease.release_all()
    outbox.recover(now, abandoned_since=now)
