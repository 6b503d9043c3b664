"""The sweeper picks up what a dead broker or worker left lying."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from bots import inbox, lease, outbox, tasks
from bots.messages import Sender
from bots.models import Channel, Consent, Conversation, Delivery, InboundEvent, Message
from tests import factories
from tests.bots.conftest import Queue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("understands", "queue")]

Lane = Delivery.Lane
KEY = "chat:1"
LONG_AGO = timedelta(seconds=10)


@pytest.fixture
def channel() -> Channel:
    return factories.channel()


def receive(channel: Channel, *texts: str) -> None:
    inbox.receive(channel, [factories.inbound(text) for text in texts])


def put(talk: Conversation, lane: Lane = Lane.REPLY) -> Message:
    return outbox.put(talk, sender=Sender.BOT, lane=lane, text="hi")


def test_an_event_whose_task_was_lost_is_looked_at(
    channel: Channel, queue: Queue
) -> None:
    receive(channel, "hello", "hello?")
    tasks.sweep()
    assert queue.items == []
    InboundEvent.objects.update(received_at=timezone.now() - LONG_AGO)
    tasks.sweep()
    assert queue.of("converse") == [{"channel_id": channel.pk, "key": KEY}]


def test_a_message_that_nobody_answered_is_looked_at(
    channel: Channel, queue: Queue
) -> None:
    receive(channel, "hello")
    talk = inbox.conversation_of(channel, KEY)
    assert talk is not None
    inbox.take_in(talk)
    Message.objects.update(sent_at=timezone.now() - LONG_AGO)
    tasks.sweep()
    assert queue.of("converse") == [{"channel_id": channel.pk, "key": KEY}]


def test_what_is_answered_is_left_alone(channel: Channel, queue: Queue) -> None:
    receive(channel, "hello")
    tasks.converse(channel_id=channel.pk, key=KEY)
    queue.items.clear()
    Message.objects.update(sent_at=timezone.now() - LONG_AGO)
    tasks.sweep()
    assert queue.of("converse") == []


def test_a_delivery_that_was_left_lying_is_started(queue: Queue) -> None:
    talk = factories.conversation()
    put(talk)
    tasks.sweep()
    assert queue.of("deliver") == []
    Delivery.objects.update(not_before=timezone.now() - LONG_AGO)
    tasks.sweep()
    assert queue.of("deliver") == [{"conversation_id": talk.pk}]


def test_an_attempt_of_a_dead_worker_is_settled() -> None:
    talk = factories.conversation()
    put(talk)
    outbox.claim(talk.pk, timezone.now())
    Delivery.objects.update(started_at=factories.ago(hours=1))
    tasks.sweep()
    assert Delivery.objects.get().state == "pending"


def test_promotions_are_started_evenly(queue: Queue) -> None:
    for _ in range(3):
        talk = factories.conversation()
        Consent.objects.create(
            contact=talk.contact, promotions=True, changed_at=timezone.now()
        )
        put(talk, Lane.PROMO)
    tasks.sweep()
    assert queue.waits("deliver") == [0, 0.05, 0.1]


def test_no_more_promotions_are_started_than_there_is_time_for(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "PROMOTIONS_A_SECOND", 0.4)
    for _ in range(3):
        put(factories.conversation(), Lane.PROMO)
    tasks.sweep()
    assert len(queue.of("deliver")) == 2


def test_two_sweepers_at_once_start_them_once(queue: Queue) -> None:
    put(factories.conversation(), Lane.PROMO)
    tasks.sweep()
    tasks.sweep()
    assert len(queue.of("deliver")) == 1


def test_the_sweeper_says_that_a_worker_lives() -> None:
    tasks.sweep()
    assert cache.get(tasks.WORKER_SEEN) is not None


def test_the_only_process_takes_up_what_it_left_at_once() -> None:
    talk = factories.conversation()
    put(talk)
    lease.acquire(talk.pk, timezone.now())
    outbox.claim(talk.pk, timezone.now())
    tasks.recover_embedded(timezone.now() + timedelta(seconds=1))
    talk.refresh_from_db()
    assert talk.lease_until is None
    assert Delivery.objects.get().state == "pending"
