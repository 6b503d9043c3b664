"""A conversation's page reads like the conversation."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bots.admin import transcript
from bots.messages import Sender
from bots.models import Conversation, Delivery, TurnTrace
from tests.bots.admin import rows

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script>"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.fixture
def talk() -> Conversation:
    return rows.conversation()


def page(client: Client, talk: Conversation) -> str:
    answer = client.get(reverse("admin:bots_conversation_change", args=[talk.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("sender", Sender)
def test_tells_the_sides_apart(
    sender: Sender, talk: Conversation, boss: Client
) -> None:
    rows.said(talk, sender, "Hello")

    assert f'class="bubble-row is-{sender}"' in page(boss, talk)


def test_names_the_agent(talk: Conversation, boss: Client) -> None:
    rows.said(talk, Sender.AGENT, "Hello", agent=rows.staff(name="anna"))

    assert '<header class="bubble-who">anna</header>' in page(boss, talk)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": EVIL},
        {"value": EVIL},
        {"buttons": [{"label": EVIL, "value": EVIL}]},
        {"cards": [{"title": EVIL, "subtitle": EVIL}]},
        {"attachments": [{"type": EVIL}]},
    ],
)
def test_what_was_said_is_text_not_markup(
    fields: dict[str, Any], talk: Conversation, boss: Client
) -> None:
    rows.said(talk, Sender.SHOPPER, **{"text": "", **fields})

    text = page(boss, talk)

    assert EVIL not in text
    assert ESCAPED in text


def test_what_was_understood_is_text_too(talk: Conversation, boss: Client) -> None:
    rows.said(talk, Sender.SHOPPER, "?")
    trace(talk, slots={"order_id": EVIL}, commands=[EVIL])

    text = page(boss, talk)

    assert EVIL not in text
    assert text.count(ESCAPED) == 2


def test_an_error_of_a_channel_is_text_too(talk: Conversation, boss: Client) -> None:
    delivery = rows.sending(talk)
    Delivery.objects.filter(pk=delivery.pk).update(error=EVIL)

    assert EVIL not in page(boss, talk)


def trace(talk: Conversation, **fields: Any) -> None:
    TurnTrace.objects.create(
        conversation=talk,
        at=timezone.now(),
        first_seq=1,
        last_seq=1,
        understanding={
            "language": "en",
            "sentiment": "neutral",
            "intents": [{"name": "order_status", "confidence": 0.934}],
            "slots": fields.get("slots", {}),
        },
        commands=fields.get("commands", []),
        milliseconds=12,
    )


def test_shows_the_turn_below_its_message_folded(
    talk: Conversation, boss: Client
) -> None:
    rows.said(talk, Sender.SHOPPER, "Where is it?")
    trace(talk)

    text = page(boss, talk)

    assert '<details class="turn">' in text
    assert "order_status · 93 %" in text


def test_shows_what_became_of_it(talk: Conversation, boss: Client) -> None:
    rows.sending(talk, state=Delivery.State.FAILED)

    assert "reply · failed" in " ".join(page(boss, talk).split())


def test_keeps_the_order_of_the_talk(talk: Conversation) -> None:
    now = timezone.now()
    for text, age in (("first", 1), ("second", 5), ("third", 3)):
        rows.said(talk, Sender.SHOPPER, text, created_at=now - timedelta(minutes=age))

    shown = transcript.transcript(talk).said

    assert [bubble.message.text for bubble in shown] == ["first", "second", "third"]


def test_keeps_apart_what_has_not_been_sent(talk: Conversation) -> None:
    rows.said(talk, Sender.SHOPPER, "Hello")
    rows.sending(talk, state=Delivery.State.PENDING)

    read = transcript.transcript(talk)

    assert [bubble.side for bubble in read.said] == ["shopper"]
    assert [bubble.side for bubble in read.unsaid] == ["bot"]


def test_shows_the_newest_of_a_long_talk(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcript, "LONGEST", 2)
    for number in range(5):
        rows.said(talk, Sender.SHOPPER, str(number))

    read = transcript.transcript(talk)

    assert [bubble.message.text for bubble in read.said] == ["3", "4"]
    assert read.older == 3


def test_costs_the_same_however_long(talk: Conversation) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            transcript.transcript(talk)
        return len(queries)

    rows.said(talk, Sender.AGENT, "Hello", agent=rows.staff())
    rows.sending(talk)
    before = cost()
    for _ in range(5):
        rows.said(talk, Sender.AGENT, "Hello", agent=rows.staff())
        rows.sending(talk)

    assert cost() == before


def test_can_only_be_read(talk: Conversation, boss: Client) -> None:
    answer = boss.post(
        reverse("admin:bots_conversation_change", args=[talk.pk]), {"owner": "human"}
    )

    assert answer.status_code == 403
