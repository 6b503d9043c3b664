"""A turn's page answers: why did it say that?"""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bots import lease, turns
from bots.admin import trace
from bots.messages import Sender
from bots.models import Conversation, LanguageModelCall, Message, Ticket, TurnTrace
from orders.models import Order
from tests import factories
from tests.bots.admin import rows
from tests.bots.conftest import Understands
from tests.bots.dialogue.talks import meaning

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script>"
QUESTION = "How long do refunds take?"


@pytest.fixture
def talk() -> Conversation:
    return factories.conversation(customer=factories.customer())


@pytest.fixture
def order(talk: Conversation) -> Order:
    return factories.order(talk.customer)


def take(talk: Conversation, text: str) -> TurnTrace:
    talk.refresh_from_db()
    rows.said(talk, Sender.SHOPPER, text)
    held = lease.acquire(talk.pk, timezone.now())
    assert held is not None
    turns.answer(talk.pk, held.fence)
    lease.release(held, done=True)
    return TurnTrace.objects.latest("pk")


def page(client: Client, turn: TurnTrace) -> str:
    answer = client.get(reverse("admin:bots_turntrace_change", args=[turn.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_tells_of_the_shop_and_of_the_state(
    talk: Conversation, order: Order, boss: Client, understands: Understands
) -> None:
    understands.otherwise = meaning("order_cancel", order_id=order.number)
    shown = page(boss, take(talk, "cancel it"))
    for words in (
        "cancel it",
        "order_cancel",
        "cancel/confirm",
        "orders.tools.calling.rehearse",
        "tasks[0].skill",
        reverse("admin:bots_conversation_change", args=[talk.pk]),
        "/admin/bots/correction/add/?text=cancel%20it&amp;language=en",
        "manage.py replay",
    ):
        assert words in shown


def test_nobody_reads_there_what_lets_a_write_be_done(
    talk: Conversation, order: Order, boss: Client, understands: Understands
) -> None:
    understands.otherwise = meaning("order_cancel", order_id=order.number)
    turn = take(talk, "cancel it")
    token = turn.record["after"]["tasks"][0]["token"]
    assert token not in page(boss, turn)


def test_it_tells_what_was_found_in_the_knowledge_base(
    talk: Conversation, boss: Client, understands: Understands
) -> None:
    made = factories.entry(QUESTION, "Three days.")
    understands.otherwise = meaning("policy_question")
    shown = page(boss, take(talk, QUESTION))
    assert reverse("admin:kb_entry_change", args=[made.pk]) in shown
    assert "sure enough to answer" in shown


def test_it_leads_to_the_ticket(
    talk: Conversation, boss: Client, understands: Understands
) -> None:
    understands.otherwise = meaning("human_agent")
    shown = page(boss, take(talk, "a person, please"))
    ticket = Ticket.objects.get()
    assert reverse("admin:bots_ticket_change", args=[ticket.pk]) in shown


@pytest.mark.usefixtures("understands")
def test_it_tells_what_a_language_model_made_of_it(
    talk: Conversation, boss: Client
) -> None:
    turn = take(talk, "hello")
    Message.objects.filter(pk__in=turn.record["messages"]).update(text="Oh, hi!")
    LanguageModelCall.objects.create(
        conversation=talk,
        at=timezone.now(),
        model="small-one",
        purpose="render",
        outcome=LanguageModelCall.Outcome.ANSWERED,
        prompt_tokens=1,
        completion_tokens=1,
        milliseconds=300,
    )
    shown = page(boss, turn)
    for words in ("worded it anew", "Oh, hi!", "small-one"):
        assert words in shown


@pytest.mark.usefixtures("understands")
def test_it_opens_without_its_messages(talk: Conversation, boss: Client) -> None:
    turn = take(talk, "hello")
    Message.objects.all().delete()
    assert "not there any more" in page(boss, turn)


@pytest.mark.parametrize("part", ["said", "slots", "call", "state"])
def test_everything_is_text_not_markup(
    part: str, talk: Conversation, boss: Client, understands: Understands
) -> None:
    turn = take(talk, EVIL if part == "said" else "hello")
    if part == "slots":
        turn.understanding["slots"] = {"order_id": EVIL}
    call: dict[str, Any] = {"name": EVIL, "arguments": {"a": EVIL}, "result": EVIL}
    turn.record["calls"] = [{**call, "milliseconds": 1.0}] if part == "call" else []
    turn.record["after"]["order"] = EVIL if part == "state" else ""
    turn.save()
    shown = page(boss, turn)
    assert EVIL not in shown
    assert "&lt;script&gt;" in shown


def test_it_costs_the_same_however_much_was_done(
    talk: Conversation, order: Order, understands: Understands
) -> None:
    def cost(turn: TurnTrace) -> int:
        with CaptureQueriesContext(connection) as queries:
            trace.read(turn)
        return len(queries)

    little = take(talk, "hello")
    understands.otherwise = meaning("order_cancel", order_id=order.number)
    assert cost(take(talk, "cancel it")) == cost(little)


@pytest.mark.usefixtures("understands")
def test_the_transcript_leads_to_it(talk: Conversation, boss: Client) -> None:
    turn = take(talk, "hello")
    transcript = reverse("admin:bots_conversation_change", args=[talk.pk])
    address = reverse("admin:bots_turntrace_change", args=[turn.pk])
    assert address in boss.get(transcript).content.decode()
