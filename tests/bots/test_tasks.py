"""The belt: every task may run twice, late or not at all, and nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerDown
from pytest_django.fixtures import Settings
from redis.exceptions import ReadOnlyError

from bots import inbox, lease, llm, outbox, tasks, turns
from bots.channels.base import Account
from bots.channels.web import WebAdapter
from bots.llm import Answer, ChatMessage, Unavailable
from bots.messages import NotSent, Outgoing, Sender, SendResult, Sent, Unknown
from bots.models import (
    Channel,
    Conversation,
    Delivery,
    InboundEvent,
    Message,
    Ticket,
)
from tests import factories
from tests.bots.conftest import Queue, Understands
from tests.bots.dialogue.talks import meaning
from tests.kb.made import broken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("understands", "queue")]

Lane = Delivery.Lane
KEY = "chat:1"


@pytest.fixture
def channel() -> Channel:
    return factories.channel()


def receive(channel: Channel, *texts: str) -> None:
    inbox.receive(channel, [factories.inbound(text) for text in texts])


def converse(channel: Channel) -> None:
    tasks.converse(channel_id=channel.pk, key=KEY)


def said_by_bot() -> list[str]:
    said = Message.objects.filter(sender=Sender.BOT).order_by("id")
    return list(said.values_list("text", flat=True))


def talk_of(channel: Channel) -> Conversation:
    return Conversation.objects.get(channel=channel, external_key=KEY)


# --- converse -------------------------------------------------------------------------


def test_what_came_is_taken_in_answered_and_sent_off(
    channel: Channel, queue: Queue
) -> None:
    receive(channel, "hello")
    converse(channel)
    assert len(said_by_bot()) == 1
    assert queue.of("deliver") == [{"conversation_id": talk_of(channel).pk}]


def test_running_twice_answers_once(channel: Channel) -> None:
    receive(channel, "hello")
    converse(channel)
    converse(channel)
    assert len(said_by_bot()) == 1


def test_a_key_without_events_is_no_conversation(channel: Channel) -> None:
    converse(channel)
    assert not Conversation.objects.exists()


def test_three_fragments_are_one_turn(
    channel: Channel, understands: Understands
) -> None:
    receive(channel, "hi", "where is", "my order")
    converse(channel)
    assert understands.texts == ["hi\nwhere is\nmy order"]
    assert len(said_by_bot()) == 1


def test_a_fresh_fragment_is_waited_upon(
    channel: Channel, queue: Queue, settings: Settings
) -> None:
    settings.BURST_WAIT = 2.0
    receive(channel, "hi")
    converse(channel)
    assert said_by_bot() == []
    assert queue.items == [("converse", {"channel_id": channel.pk, "key": KEY}, 2.0)]


def test_once_the_fragments_end_they_are_answered(
    channel: Channel, settings: Settings
) -> None:
    settings.BURST_WAIT = 2.0
    receive(channel, "hi")
    receive(channel, "there")
    converse(channel)
    Message.objects.update(sent_at=factories.ago(seconds=3))
    converse(channel)
    assert len(said_by_bot()) == 1


def test_what_comes_while_it_thinks_is_answered_next(
    channel: Channel, understands: Understands
) -> None:
    def more() -> None:
        understands.meanwhile = bool
        receive(channel, "and another thing")

    understands.meanwhile = more
    receive(channel, "hello")
    converse(channel)
    assert understands.texts == ["hello", "and another thing"]


def test_a_conversation_that_another_worker_holds_is_left_to_it(
    channel: Channel,
) -> None:
    receive(channel, "hello")
    talk = inbox.conversation_of(channel, KEY)
    assert talk is not None
    lease.acquire(talk.pk, timezone.now())
    converse(channel)
    assert said_by_bot() == []
    assert InboundEvent.objects.get().status == "new"


def test_the_lease_is_given_back(channel: Channel) -> None:
    receive(channel, "hello")
    converse(channel)
    assert talk_of(channel).lease_until is None


def test_while_a_person_owns_the_talk_the_bot_is_silent(
    channel: Channel, queue: Queue
) -> None:
    receive(channel, "a human please")
    converse(channel)
    Conversation.objects.update(owner=Conversation.Owner.HUMAN)
    before = said_by_bot()
    receive(channel, "are you there?")
    converse(channel)
    assert said_by_bot() == before
    assert not Message.objects.unhandled().exists()
    assert len(queue.of("deliver")) == 1


def test_a_turn_that_fails_apologises_once_and_opens_a_ticket(
    channel: Channel, monkeypatch: pytest.MonkeyPatch, queue: Queue
) -> None:
    monkeypatch.setattr(turns, "take", broken)
    receive(channel, "hello")
    converse(channel)
    [apology] = said_by_bot()
    assert "sorry" in apology
    assert Ticket.objects.get().reason == Ticket.Reason.ERROR
    assert queue.of("deliver")


def test_a_turn_that_ends_its_worker_again_and_again_goes_to_a_person(
    channel: Channel,
) -> None:
    inbox.receive(channel, [factories.inbound("poison")])
    talk = inbox.conversation_of(channel, "chat:1")
    assert talk is not None
    for _ in range(tasks.MOST_TRIES):
        # As a worker that was killed leaves it: the lease is neither used nor given back.
        lease.acquire(talk.pk, timezone.now())
        Conversation.objects.update(lease_until=None)
    tasks.converse(channel_id=channel.pk, key="chat:1")
    assert Ticket.objects.get().reason == Ticket.Reason.ERROR
    assert not Message.objects.unhandled().exists()


@pytest.mark.parametrize("error", [turns.Fenced(), OperationalError()])
def test_a_turn_that_was_cut_off_is_left_to_others(
    channel: Channel, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def cut_off(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(turns, "take", cut_off)
    receive(channel, "hello")
    converse(channel)
    assert said_by_bot() == []
    assert Message.objects.unhandled().count() == 1


# --- deliver --------------------------------------------------------------------------


class Answers(WebAdapter):
    """A channel that answers as told."""

    def __init__(self, result: SendResult | None = None) -> None:
        self.result = result
        self.sent: list[str] = []

    def send(self, account: Account, message: Outgoing) -> SendResult:
        self.sent.append(message.text)
        if self.result is None:
            raise ZeroDivisionError
        return self.result


def use(monkeypatch: pytest.MonkeyPatch, adapter: Answers) -> Answers:
    monkeypatch.setattr("bots.adapters.adapter", lambda _: adapter)
    return adapter


def put(talk: Conversation, lane: Lane = Lane.REPLY, **values: Any) -> Message:
    return outbox.put(talk, sender=Sender.BOT, lane=lane, text="hi", **values)


@pytest.mark.parametrize(("retry_after", "waits"), [(6.0, 1), (60.0, 0)])
def test_only_a_short_wait_is_kept_in_a_workers_memory(
    monkeypatch: pytest.MonkeyPatch, queue: Queue, retry_after: float, waits: int
) -> None:
    use(monkeypatch, Answers(NotSent(reason="429", retry_after=retry_after)))
    talk = factories.conversation()
    put(talk)
    tasks.deliver(conversation_id=talk.pk)
    assert len(queue.of("deliver")) == waits
    assert all(5 < seconds <= 6 for seconds in queue.waits("deliver"))


def test_what_was_sent_is_not_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    adapter = use(monkeypatch, Answers(Sent()))
    talk = factories.conversation()
    put(talk)
    for _ in range(2):
        tasks.deliver(conversation_id=talk.pk)
    assert adapter.sent == ["hi"]


def test_an_adapter_that_breaks_leaves_the_fate_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use(monkeypatch, Answers())
    talk = factories.conversation()
    message = Outgoing(to="1", text="hi")
    assert tasks.send(talk, message) == Unknown(reason="ZeroDivisionError")


# --- saying "look" --------------------------------------------------------------------


@pytest.mark.parametrize("refusal", [BrokerDown(), ReadOnlyError()])
def test_a_broker_that_takes_nothing_is_no_error(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    refusal: Exception,
) -> None:
    def down(**options: Any) -> None:
        raise refusal

    monkeypatch.undo()
    monkeypatch.setattr(tasks.deliver, "apply_async", down)
    tasks.enqueue(tasks.deliver, {"conversation_id": 1})
    assert "the sweeper will see to it" in caplog.text


# --- rendering ------------------------------------------------------------------------

FACTS = "You can return an item within 7 days of delivery."
RIGHT = "You can return it within seven days of delivery."


@dataclass
class Says:
    """A model that says one thing, or fails."""

    answer: str = RIGHT
    error: Exception | None = None

    def chat(
        self,
        messages: Sequence[ChatMessage],
        *,
        deadline: float,
        purpose: str = "",
    ) -> Answer:
        if self.error:
            raise self.error
        return Answer(text=self.answer)


def rendered(
    monkeypatch: pytest.MonkeyPatch, model: Says | None, hold: float = 8.0
) -> str:
    """What a waiting answer says after its rendering."""
    monkeypatch.setattr(llm, "configured", lambda: model)
    message = outbox.put(
        factories.conversation(),
        sender=Sender.BOT,
        lane=Lane.REPLY,
        text=FACTS,
        rendering={"question": "Return?", "facts": FACTS, "language": "en"},
        hold=timedelta(seconds=hold),
    )
    tasks.render(message_id=message.pk)
    message.refresh_from_db()
    return message.text


def test_right_words_in_time_are_used(
    monkeypatch: pytest.MonkeyPatch, queue: Queue
) -> None:
    assert rendered(monkeypatch, Says()) == RIGHT
    assert len(queue.of("deliver")) == 1


@pytest.mark.parametrize(
    "model",
    [
        Says("You can return it within 30 days of delivery."),
        Says("I have arranged your return."),
        Says(""),
        Says(error=Unavailable("away")),
        None,
    ],
)
def test_without_right_words_the_facts_are_sent_at_once(
    monkeypatch: pytest.MonkeyPatch, queue: Queue, model: Says | None
) -> None:
    assert rendered(monkeypatch, model) == FACTS
    assert len(queue.of("deliver")) == 1
    assert Delivery.objects.get().not_before <= timezone.now()


def test_words_after_the_deadline_are_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert rendered(monkeypatch, Says(), hold=-0.1) == FACTS


def test_what_has_left_is_not_worded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm, "configured", Says)
    message = put(factories.conversation(), rendering={"question": "Return?"})
    outbox.claim(message.conversation_id, timezone.now())
    tasks.render(message_id=message.pk)
    message.refresh_from_db()
    assert message.text == "hi"


def test_a_turn_with_a_model_has_its_answer_rendered(
    channel: Channel, queue: Queue, settings: Settings, understands: Understands
) -> None:
    settings.LLM_BACKEND = "openai"
    factories.entry("Can I return it?", FACTS)
    understands.otherwise = meaning("policy_question")
    receive(channel, "Can I return it?")
    converse(channel)
    message = Message.objects.get(sender=Sender.BOT)
    assert queue.of("render") == [{"message_id": message.pk}]
