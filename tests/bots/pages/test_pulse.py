"""The desk's stream: it says that something changed, and only then."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.utils import timezone

from bots import push
from bots.api import presence, sse
from bots.desk import tickets
from bots.models import Ticket
from bots.pages import pulse
from tests.bots.pages.conftest import talk_with

pytestmark = pytest.mark.django_db(transaction=True)


async def names(stream: AsyncIterator[str], seconds: float = 1.0) -> list[str]:
    """Return the names of the events that come in a while."""
    found: list[str] = []

    async def collect() -> None:
        async for block in stream:
            found.extend(
                line.removeprefix("event: ")
                for line in block.split("\n")
                if line.startswith("event: ")
            )

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(collect(), seconds)
    return found


def heard(talk_id: int, change: Callable[[], Any]) -> list[str]:
    """Return what an agent's page hears of a change."""

    async def story() -> list[str]:
        listening = asyncio.create_task(names(pulse.follow(talk_id), 2.0))
        await asyncio.sleep(0.8)
        await sync_to_async(change)()
        await sync_to_async(push.look)(push.DESK)
        return (await listening)[4:]

    return asyncio.run(story())


def test_the_first_look_is_told(ticket: Ticket) -> None:
    found = asyncio.run(names(pulse.follow(ticket.conversation_id)))

    assert found == ["tickets", "talks", "talk", "typing"]


def test_a_new_ticket_is_told(ticket: Ticket) -> None:
    def happens() -> None:
        talk = talk_with("me too")
        tickets.open_ticket(talk, reason="asked", summary="")
        talk.save()

    assert heard(ticket.conversation_id, happens) == ["tickets"]


def test_taking_is_told(ticket: Ticket, agent: User) -> None:
    found = heard(ticket.conversation_id, lambda: tickets.take(ticket.pk, agent))

    assert found == ["tickets", "talk"]


def test_an_answer_on_its_way_is_told(ticket: Ticket, agent: User) -> None:
    tickets.take(ticket.pk, agent)

    found = heard(
        ticket.conversation_id, lambda: tickets.reply(ticket.pk, agent, "hello")
    )

    assert found == ["talk"]


def test_a_typing_shopper_is_told(ticket: Ticket) -> None:
    found = heard(
        ticket.conversation_id,
        lambda: presence.shopper_typed(ticket.conversation_id, timezone.now()),
    )

    assert found == ["typing"]


def test_a_hint_without_news_is_silent(ticket: Ticket) -> None:
    assert heard(ticket.conversation_id, lambda: None) == []


def test_a_quiet_stream_beats(ticket: Ticket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "BEAT", 0.3)

    async def story() -> str:
        async for block in pulse.follow(0):
            if block == sse.PING:
                return block
        return ""

    assert asyncio.run(story()) == sse.PING
