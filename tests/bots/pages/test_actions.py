"""What agents do, and what is refused."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from bots import tasks
from bots.api import presence
from bots.desk import tickets
from bots.models import Conversation, Message, Ticket, TicketEvent
from tests.bots.pages.conftest import talk_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def act(desk: Client, ticket: Ticket, name: str, **fields: str) -> Any:
    return desk.post(f"/desk/tickets/{ticket.pk}/{name}", fields)


def reply(desk: Client, ticket: Ticket, text: str, client_id: str = "") -> Any:
    return act(
        desk, ticket, "reply", text=text, client_id=client_id or str(uuid.uuid4())
    )


def steps(ticket: Ticket) -> list[tuple[str, str, str]]:
    return [
        (event.kind, event.actor.username if event.actor else "", event.note)
        for event in TicketEvent.objects.filter(ticket=ticket)
    ]


def test_taking_makes_it_mine(desk: Client, agent: User, ticket: Ticket) -> None:
    assert act(desk, ticket, "take").status_code == 204

    ticket.refresh_from_db()
    assert ticket.assignee == agent
    assert steps(ticket)[1:] == [("taken", agent.username, "")]


def test_an_answer_is_written_and_sent_off(
    desk: Client, agent: User, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[int] = []
    monkeypatch.setattr(tasks, "wake_delivery", woken.append)

    assert reply(desk, ticket, " I look into it. \x00").status_code == 204

    message = Message.objects.get(sender="agent")
    assert (message.text, message.agent) == ("I look into it.", agent)
    assert woken == [ticket.conversation_id]
    assert [kind for kind, _, _ in steps(ticket)] == ["opened", "taken", "replied"]


def test_a_repeated_answer_is_said_once(desk: Client, ticket: Ticket) -> None:
    client_id = str(uuid.uuid4())
    for _ in range(2):
        assert reply(desk, ticket, "hello", client_id).status_code == 204

    assert Message.objects.filter(sender="agent").count() == 1


@pytest.mark.parametrize("text", ["", "  \n", "x" * 10_001])
def test_an_answer_needs_words(desk: Client, ticket: Ticket, text: str) -> None:
    assert reply(desk, ticket, text).status_code == 422
    assert not Message.objects.filter(sender="agent").exists()


@pytest.mark.parametrize(
    ("name", "status", "kind"),
    [("return", "returned", "returned"), ("resolve", "resolved", "resolved")],
)
def test_closing_gives_the_talk_to_the_bot(
    desk: Client, agent: User, ticket: Ticket, name: str, status: str, kind: str
) -> None:
    assert act(desk, ticket, name, note="refund is on its way").status_code == 204

    ticket.refresh_from_db()
    assert ticket.status == status
    assert ticket.conversation.owner == "bot"
    assert steps(ticket)[-1] == (kind, agent.username, "refund is on its way")


@pytest.mark.parametrize("name", ["take", "reply", "return", "resolve", "typing"])
def test_a_closed_ticket_is_left_alone(
    desk: Client, agent: User, ticket: Ticket, name: str
) -> None:
    tickets.resolve(ticket.pk, agent)
    before = steps(ticket)

    answer = act(desk, ticket, name, text="too late", client_id=str(uuid.uuid4()))

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert steps(ticket) == before
    assert not Message.objects.filter(sender="agent").exists()


def test_a_refused_answer_can_be_tried_again(
    desk: Client, agent: User, ticket: Ticket
) -> None:
    client_id = str(uuid.uuid4())
    tickets.resolve(ticket.pk, agent)
    assert reply(desk, ticket, "hello", client_id).status_code == 409

    Ticket.objects.update(status="open")
    assert reply(desk, ticket, "hello", client_id).status_code == 204
    assert Message.objects.filter(sender="agent").count() == 1


def test_typing_is_shown_to_the_shopper(desk: Client, ticket: Ticket) -> None:
    act(desk, ticket, "typing")

    talk = Conversation.objects.get(pk=ticket.conversation_id)
    assert presence.answer_is_written(talk, timezone.now())


def test_an_answer_ends_the_typing(desk: Client, ticket: Ticket) -> None:
    act(desk, ticket, "typing")
    reply(desk, ticket, "hello")

    talk = Conversation.objects.get(pk=ticket.conversation_id)
    assert not presence.answer_is_written(talk, timezone.now())


def test_a_talk_of_the_bot_is_taken_over(desk: Client, agent: User) -> None:
    talk = talk_with("hello")

    assert desk.post(f"/desk/talks/{talk.pk}/take-over").status_code == 204

    talk.refresh_from_db()
    assert talk.owner == "human"
    assert Ticket.objects.get(conversation=talk).assignee == agent


@pytest.mark.parametrize(
    "address", ["/desk/tickets/999/take", "/desk/talks/999/take-over"]
)
def test_what_is_not_there_is_not_found(desk: Client, address: str) -> None:
    assert desk.post(address).status_code == 404


def test_an_unknown_act_is_not_found(desk: Client, ticket: Ticket) -> None:
    assert act(desk, ticket, "delete").status_code == 404
