"""What comes in is stored once and becomes messages in order."""

import pytest
from django.db import OperationalError

from bots import inbox
from bots.messages import Kind
from bots.models import Channel, Conversation, InboundEvent, Message
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    return factories.channel()


def taken_in(channel: Channel, key: str = "chat:1") -> Conversation:
    conversation = inbox.conversation_of(channel, key)
    assert conversation is not None
    inbox.take_in(conversation)
    conversation.refresh_from_db()
    return conversation


def test_the_same_event_again_changes_nothing(channel: Channel) -> None:
    event = factories.inbound()
    assert inbox.receive(channel, [event]) == {"chat:1"}
    assert inbox.receive(channel, [event]) == {"chat:1"}
    taken_in(channel)
    taken_in(channel)
    assert InboundEvent.objects.count() == 1
    assert Message.objects.count() == 1


def test_messages_stand_in_the_order_in_which_they_were_said(channel: Channel) -> None:
    said = [
        factories.inbound("third", occurred_at=factories.ago(seconds=1)),
        factories.inbound("first", occurred_at=factories.ago(seconds=3)),
        factories.inbound("second", occurred_at=factories.ago(seconds=2)),
    ]
    inbox.receive(channel, said)
    taken_in(channel)
    texts = Message.objects.order_by("seq").values_list("text", flat=True)
    assert list(texts) == ["first", "second", "third"]


def test_within_a_second_the_platform_counts(channel: Channel) -> None:
    at = factories.ago(seconds=1)
    for number in (3, 1, 2):
        key = f"u:{number}"
        event = factories.inbound(f"{number}", dedup_key=key, occurred_at=at)
        inbox.receive(channel, [event])
    taken_in(channel)
    texts = Message.objects.order_by("seq").values_list("text", flat=True)
    assert list(texts) == ["1", "2", "3"]


def test_a_database_that_was_away_is_not_the_events_fault(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object) -> bool:
        raise OperationalError

    inbox.receive(channel, [factories.inbound()])
    with monkeypatch.context() as patch:
        patch.setattr(inbox, "_take", away)
        for _ in range(5):
            with pytest.raises(OperationalError):
                taken_in(channel)
    taken_in(channel)
    assert Message.objects.count() == 1


def test_the_same_key_on_two_channels_is_two_talks(channel: Channel) -> None:
    other = factories.channel()
    inbox.receive(channel, [factories.inbound()])
    inbox.receive(other, [factories.inbound()])
    assert taken_in(channel).pk != taken_in(other).pk


def test_an_edit_reaches_a_message_that_nobody_has_worked_on(channel: Channel) -> None:
    inbox.receive(channel, [factories.inbound("order 1042", external_id="7")])
    taken_in(channel)
    edit = factories.inbound("order 1043", external_id="7", kind=Kind.EDITED)
    inbox.receive(channel, [edit])
    taken_in(channel)
    assert Message.objects.get().text == "order 1043"


def test_an_edit_of_an_answered_message_leaves_it_as_said(channel: Channel) -> None:
    inbox.receive(channel, [factories.inbound("order 1042", external_id="7")])
    taken_in(channel)
    Message.objects.update(handled_at=factories.ago(seconds=0))
    edit = factories.inbound("order 1043", external_id="7", kind=Kind.EDITED)
    inbox.receive(channel, [edit])
    taken_in(channel)
    assert Message.objects.get().text == "order 1042"
    assert InboundEvent.objects.get(kind=Kind.EDITED).status == "ignored"


def test_blocking_is_remembered_and_writing_again_ends_it(channel: Channel) -> None:
    inbox.receive(channel, [factories.inbound("hi")])
    inbox.receive(channel, [factories.inbound("", kind=Kind.BLOCKED)])
    assert taken_in(channel).contact.blocked_at is not None
    inbox.receive(channel, [factories.inbound("hi again")])
    assert taken_in(channel).contact.blocked_at is None


def test_an_event_that_kills_its_worker_ends_as_dead(channel: Channel) -> None:
    inbox.receive(channel, [factories.inbound("poison")])
    inbox.receive(channel, [factories.inbound("next")])
    InboundEvent.objects.filter(payload__text="poison").update(
        attempts=inbox.MAX_ATTEMPTS
    )
    taken_in(channel)
    assert InboundEvent.objects.get(payload__text="poison").status == "dead"
    assert Message.objects.get().text == "next"


def test_adding_twice_gives_the_same_message(channel: Channel) -> None:
    conversation = factories.conversation(channel)
    event = factories.inbound(conversation_key=conversation.external_key)
    first, is_new = inbox.add(channel, conversation, event)
    second, is_new_again = inbox.add(channel, conversation, event)
    assert (first.pk, is_new) == (second.pk, True)
    assert not is_new_again
