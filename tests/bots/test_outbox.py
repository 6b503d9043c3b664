"""What goes out is sent once, in order, and its fate is written down."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from bots import outbox
from bots.messages import (
    NotSent,
    Outgoing,
    Permanent,
    Sender,
    SendResult,
    Sent,
    Unknown,
)
from bots.models import Consent, Conversation, Delivery, Message
from tests import factories

pytestmark = pytest.mark.django_db

Lane = Delivery.Lane


class Recorder:
    """A channel that answers as told and remembers what it was given."""

    def __init__(self, *results: SendResult) -> None:
        self.results = list(results)
        self.texts: list[str] = []

    def __call__(self, conversation: Conversation, message: Outgoing) -> SendResult:
        self.texts.append(message.text)
        return self.results.pop(0) if self.results else Sent(external_id="9")


@pytest.fixture
def talk() -> Conversation:
    return factories.conversation()


@pytest.fixture
def put(talk: Conversation) -> Callable[..., Message]:
    def put(
        text: str, *, lane: Lane = Lane.REPLY, sender: Sender = Sender.BOT
    ) -> Message:
        return outbox.put(talk, sender=sender, lane=lane, text=text)

    return put


def state(message: Message) -> str:
    return Delivery.objects.get(message=message).state


def pass_time(message: Message) -> None:
    Delivery.objects.filter(message=message).update(not_before=factories.ago(seconds=1))


def test_messages_go_in_order_and_get_their_places(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    for text in ("one", "two", "three"):
        put(text)
    channel = Recorder()
    assert outbox.deliver(talk.pk, channel) is None
    assert channel.texts == ["one", "two", "three"]
    places = Message.objects.order_by("id").values_list("seq", flat=True)
    assert list(places) == [1, 2, 3]


def test_nothing_is_sent_twice(talk: Conversation, put: Callable[..., Message]) -> None:
    put("once")
    channel = Recorder()
    outbox.deliver(talk.pk, channel)
    outbox.deliver(talk.pk, channel)
    assert channel.texts == ["once"]


def test_what_surely_was_not_sent_is_tried_again_later(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    message = put("try")
    channel = Recorder(NotSent(reason="429", retry_after=30))
    look_again = outbox.deliver(talk.pk, channel)
    assert look_again is not None
    assert look_again - timezone.now() > timedelta(seconds=25)
    pass_time(message)
    outbox.deliver(talk.pk, channel)
    assert state(message) == "sent"
    assert len(channel.texts) == 2


def test_a_later_message_waits_for_the_earlier_one(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    put("first")
    put("second")
    channel = Recorder(NotSent(reason="429", retry_after=30))
    outbox.deliver(talk.pk, channel)
    assert channel.texts == ["first"]


def test_tries_end(talk: Conversation, put: Callable[..., Message]) -> None:
    message = put("try")
    channel = Recorder(*[NotSent(reason="down")] * 20)
    for _ in range(12):
        pass_time(message)
        outbox.deliver(talk.pk, channel)
    assert state(message) == "failed"
    assert len(channel.texts) == outbox.MAX_ATTEMPTS


def test_a_reply_of_unknown_fate_is_repeated_once(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    message = put("hello")
    channel = Recorder(*[Unknown(reason="reset")] * 5)
    for _ in range(4):
        outbox.deliver(talk.pk, channel)
        pass_time(message)
    assert len(channel.texts) == 2
    assert state(message) == "unknown"


def test_a_promotion_of_unknown_fate_is_never_repeated(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    Consent.objects.create(
        contact=talk.contact, promotions=True, changed_at=timezone.now()
    )
    message = put("sale", lane=Lane.PROMO)
    channel = Recorder(Unknown(reason="reset"))
    for _ in range(3):
        outbox.deliver(talk.pk, channel)
    assert channel.texts == ["sale"]
    assert state(message) == "unknown"


def test_a_dead_workers_attempt_is_of_unknown_fate(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    message = put("hello")
    assert outbox.claim(talk.pk, timezone.now()) is not None
    assert outbox.claim(talk.pk, timezone.now()) is None
    assert outbox.recover(timezone.now()) == 0
    later = timezone.now() + outbox.ATTEMPT_LEASE + timedelta(seconds=1)
    assert outbox.recover(later) == 1
    assert state(message) == "pending"
    assert Delivery.objects.get().attempts == 1


def test_the_bot_is_silent_once_a_person_has_taken_over(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    message = put("from the bot")
    talk.give_to(Conversation.Owner.HUMAN)
    talk.save()
    agents = put("from the agent", sender=Sender.AGENT, lane=Lane.AGENT)
    channel = Recorder()
    outbox.deliver(talk.pk, channel)
    assert channel.texts == ["from the agent"]
    assert (state(message), state(agents)) == ("cancelled", "sent")
    message.refresh_from_db()
    assert message.seq is None


def test_an_old_answer_does_not_go_out_after_the_person_has_left(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    message = put("from the bot")
    for owner in (Conversation.Owner.HUMAN, Conversation.Owner.BOT):
        talk.give_to(owner)
    talk.save()
    channel = Recorder()
    outbox.deliver(talk.pk, channel)
    assert (channel.texts, state(message)) == ([], "cancelled")


def test_who_waits_behind_a_retry_is_not_looked_at_sooner(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    put("first")
    put("second")
    channel = Recorder(NotSent(reason="429", retry_after=30))
    look_again = outbox.deliver(talk.pk, channel)
    assert look_again is not None
    assert look_again - timezone.now() > timedelta(seconds=25)


def test_nobody_waits_for_what_another_is_sending(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    put("first")
    put("second")
    assert outbox.claim(talk.pk, timezone.now()) is not None
    assert outbox.deliver(talk.pk, Recorder()) is None


def test_a_first_unknown_after_a_refusal_is_repeated_once(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    message = put("hello")
    unknown = [Unknown(reason="reset")] * 3
    channel = Recorder(NotSent(reason="429"), *unknown)
    for _ in range(5):
        outbox.deliver(talk.pk, channel)
        pass_time(message)
    assert len(channel.texts) == 3
    assert state(message) == "unknown"


def test_the_word_of_the_hand_over_itself_is_sent(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    talk.give_to(Conversation.Owner.HUMAN)
    talk.save()
    put("handing over")
    channel = Recorder()
    outbox.deliver(talk.pk, channel)
    assert channel.texts == ["handing over"]


def test_who_blocked_us_gets_nothing_more(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    first, second = put("one"), put("two")
    channel = Recorder(Permanent(reason="blocked", contact_gone=True))
    outbox.deliver(talk.pk, channel)
    assert channel.texts == ["one"]
    assert (state(first), state(second)) == ("failed", "cancelled")


def test_a_promotion_does_not_go_to_who_opted_out_meanwhile(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    message = put("sale", lane=Lane.PROMO)
    Consent.objects.create(
        contact=talk.contact, promotions=False, changed_at=timezone.now()
    )
    channel = Recorder()
    outbox.deliver(talk.pk, channel)
    assert channel.texts == []
    assert state(message) == "cancelled"


def test_replies_go_before_promotions(
    talk: Conversation, put: Callable[..., Message]
) -> None:
    Consent.objects.create(
        contact=talk.contact, promotions=True, changed_at=timezone.now()
    )
    put("sale", lane=Lane.PROMO)
    put("answer")
    channel = Recorder()
    outbox.deliver(talk.pk, channel)
    assert channel.texts == ["answer", "sale"]


def test_better_words_are_used_only_before_the_sending(talk: Conversation) -> None:
    message = outbox.put(
        talk,
        sender=Sender.BOT,
        lane=Lane.REPLY,
        text="template",
        rendering={"question": "?"},
        hold=timedelta(seconds=30),
    )
    channel = Recorder()
    outbox.deliver(talk.pk, channel)
    assert channel.texts == []
    assert outbox.improve(message.pk, "better")
    outbox.deliver(talk.pk, channel)
    assert channel.texts == ["better"]
    assert not outbox.improve(message.pk, "too late")
