"""What a shopper says, and reads."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bots import outbox, tasks
from bots.api import presence
from bots.channels.web import WebAdapter
from bots.messages import Button, Card, Kind, Outgoing, Sender, Sent
from bots.models import Conversation, Delivery, InboundEvent, Message
from tests.bots.api.conftest import Chat, assert_problem

pytestmark = pytest.mark.django_db


def answered(
    talk: Conversation, text: str, *, sender: Sender = Sender.BOT, **extra: Any
) -> None:
    """Let somebody say something that has been sent."""
    outbox.put(talk, sender=sender, lane=Delivery.Lane.REPLY, text=text, **extra)
    adapter = WebAdapter()
    outbox.deliver(talk.pk, lambda _, message: adapter.send(ACCOUNT, message))


ACCOUNT: Any = None


def test_what_is_said_is_in_the_talk(chat: Chat) -> None:
    answer = chat.say("Where is my order?")

    assert answer.status_code == 202
    message = Message.objects.get(conversation=chat.talk)
    assert answer.json() == {"id": message.seq}
    assert (message.sender, message.text) == ("shopper", "Where is my order?")


def test_the_bot_is_woken_once(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[Any] = []
    monkeypatch.setattr(tasks, "wake", lambda *arguments: woken.append(arguments))

    for _ in range(3):
        chat.say("hello", "0191d9a6-4b39-7c2e-9d55-0242ac120002")

    assert woken == [(chat.talk.channel_id, [chat.talk.external_key])]


def test_a_repeat_is_answered_alike_and_does_nothing(chat: Chat) -> None:
    client_id = str(uuid.uuid4())
    first = chat.say("hello", client_id)
    chat.say("something else")
    again = chat.say("hello", client_id.upper())

    assert (again.status_code, again.json()) == (202, first.json())
    assert Message.objects.count() == 2


def test_the_same_client_id_in_another_talk_is_new(chat: Chat) -> None:
    client_id = str(uuid.uuid4())
    chat.say("hello", client_id)
    Chat().say("hello", client_id)

    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    "body",
    [
        {"client_id": "1", "text": "hello"},
        {"client_id": 5, "text": "hello"},
        {"text": "hello"},
        {"client_id": "0191d9a6-4b39-7c2e-9d55-0242ac12000z", "text": "hello"},
        {"client_id": str(uuid.uuid4())},
        {"client_id": str(uuid.uuid4()), "text": None},
        {"client_id": str(uuid.uuid4()), "text": ["hello"]},
        {"client_id": str(uuid.uuid4()), "text": " \n\t "},
        {"client_id": str(uuid.uuid4()), "text": "\x00"},
        {"client_id": str(uuid.uuid4()), "text": "x" * 10_001},
        ["hello"],
        {},
    ],
)
def test_what_is_no_message_is_refused(chat: Chat, body: Any) -> None:
    assert_problem(chat.post("messages", body), 422)
    assert not InboundEvent.objects.exists()


@pytest.mark.parametrize(
    "raw", ["{", "\x80", "[" * 60_000, '{"text": NaN}', "1" * 6000, "nul"]
)
def test_what_is_no_json_is_refused(chat: Chat, raw: str) -> None:
    assert_problem(chat.post("messages", raw.encode("latin-1")), 400)


def test_a_body_too_large_is_refused(chat: Chat) -> None:
    body = json.dumps({"client_id": str(uuid.uuid4()), "text": "x" * 66_000})

    assert_problem(chat.post("messages", body), 413)


def test_the_longest_message_is_taken(chat: Chat) -> None:
    assert chat.say("好" * 10_000).status_code == 202


def test_unknown_fields_are_ignored(chat: Chat) -> None:
    body = {"client_id": str(uuid.uuid4()), "text": "hello", "sender": "agent"}

    chat.post("messages", body)

    assert Message.objects.get().sender == "shopper"


def test_what_no_database_stores_is_taken_out(chat: Chat) -> None:
    raw = '{"client_id": "%s", "text": "a\\u0000b\\ud800c \\ud83d\\ude00"}'

    chat.post("messages", raw % uuid.uuid4())

    assert Message.objects.get().text == "abc 😀"


def test_a_message_reads_as_the_contract_says(chat: Chat) -> None:
    answered(
        chat.talk,
        "This one?",
        buttons=(Button(label="Yes", value="yes"),),
        cards=(Card(title="Kettle", url="https://shop.example/k"),),
    )

    (message,) = chat.look()["messages"]

    assert list(message) == ["id", "sender", "text", "buttons", "cards", "sent_at"]
    assert (message["id"], message["sender"]) == (1, "bot")
    assert message["buttons"] == [{"label": "Yes", "value": "yes"}]
    assert message["cards"][0]["title"] == "Kettle"


def test_only_what_is_newer_is_read(chat: Chat) -> None:
    for text in ("one", "two", "three"):
        chat.say(text)

    assert [message["text"] for message in chat.look(after=2)["messages"]] == ["three"]


def test_what_has_not_been_sent_is_not_seen(chat: Chat) -> None:
    outbox.put(chat.talk, sender=Sender.BOT, lane=Delivery.Lane.REPLY, text="soon")

    assert chat.look()["messages"] == []


def test_nobody_reads_another_talk(chat: Chat) -> None:
    chat.say("a secret")

    assert Chat().look()["messages"] == []


@pytest.mark.parametrize(
    "query", ["after=x", "after=-1", "after=1.5", "wait=x", "wait=nan"]
)
def test_a_query_of_no_numbers_is_refused(chat: Chat, query: str) -> None:
    answer = chat.client.get(f"/chat/messages?{query}", headers=chat.bearer)

    assert_problem(answer, 422)


def test_a_place_beyond_every_talk_is_empty(chat: Chat) -> None:
    chat.say("hello")

    assert chat.look(after=10**40)["messages"] == []


def test_a_pressed_button_is_said_with_its_label(chat: Chat) -> None:
    answered(chat.talk, "Sure?", buttons=(Button(label="Yes, cancel", value="y:1"),))

    chat.say("y:1")

    said = Message.objects.get(sender=Sender.SHOPPER)
    assert (said.text, said.value) == ("Yes, cancel", "y:1")
    assert InboundEvent.objects.get().kind == Kind.BUTTON


def test_words_that_no_button_offers_are_words(chat: Chat) -> None:
    answered(chat.talk, "Sure?", buttons=(Button(label="Yes", value="y:1"),))
    answered(chat.talk, "Or that?", buttons=(Button(label="That", value="y:2"),))

    chat.say("y:1")

    said = Message.objects.get(sender=Sender.SHOPPER)
    assert (said.text, said.value) == ("y:1", "")


def test_dots_are_shown_while_the_bot_works(chat: Chat) -> None:
    chat.say("hello")
    assert chat.look()["typing"] is True

    Message.objects.update(handled_at=timezone.now())
    assert chat.look()["typing"] is False


def test_dots_do_not_stay_for_ever(chat: Chat) -> None:
    chat.say("hello")
    Message.objects.update(created_at=timezone.now() - timedelta(seconds=31))

    assert chat.look()["typing"] is False


def test_dots_are_shown_while_an_agent_types(chat: Chat) -> None:
    Conversation.objects.update(owner=Conversation.Owner.HUMAN)
    chat.say("hello")
    assert chat.look()["typing"] is False

    presence.agent_typed(chat.talk.pk)
    assert chat.look()["typing"] is True

    presence.agent_stopped(chat.talk.pk)
    assert chat.look()["typing"] is False


def test_typing_is_noted_and_ended_by_a_message(chat: Chat) -> None:
    assert chat.post("typing", "").status_code == 204
    chat.talk.refresh_from_db()
    assert presence.shopper_types(chat.talk, timezone.now())

    chat.say("hello")
    chat.talk.refresh_from_db()
    assert not presence.shopper_types(chat.talk, timezone.now())


def test_reading_goes_forward_and_not_past_the_end(chat: Chat) -> None:
    for text in ("one", "two", "three"):
        chat.say(text)

    read = []
    for place in (2, 1, 99):
        assert chat.post("read", {"id": place}).status_code == 204
        chat.talk.refresh_from_db()
        read.append(chat.talk.read_seq)

    assert read == [2, 2, 3]


@pytest.mark.parametrize("body", [{}, {"id": "1"}, {"id": -1}, {"id": True}])
def test_a_read_mark_needs_a_place(chat: Chat, body: Any) -> None:
    assert_problem(chat.post("read", body), 422)


def test_the_page_needs_no_sending() -> None:
    assert WebAdapter().send(ACCOUNT, Outgoing(to="1", text="hi")) == Sent()
