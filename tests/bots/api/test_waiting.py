"""Readers that wait: the long poll and the event stream."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.test import AsyncClient

from bots import push
from bots.api import events, sse, transcript
from bots.desk import tickets
from bots.models import Conversation
from tests import factories
from tests.bots.api.conftest import Chat

pytestmark = pytest.mark.django_db(transaction=True)


def run(story: Callable[[], Any]) -> Any:
    return asyncio.run(story())


async def poll(chat: Chat, after: int, wait: float) -> tuple[dict[str, Any], float]:
    started = time.monotonic()
    # As in the ASGI server, where every request has a thread of its own.
    async with ThreadSensitiveContext():
        answer = await AsyncClient().get(
            "/chat/messages",
            {"after": str(after), "wait": str(wait)},
            headers=chat.bearer,
        )
    return answer.json(), time.monotonic() - started


async def said(stream: AsyncIterator[str], count: int) -> list[tuple[str, Any]]:
    """Read events up to a number of them; comments and `retry` are skipped."""
    found: list[tuple[str, Any]] = []
    async for block in stream:
        lines = dict(line.split(": ", 1) for line in block.strip().split("\n"))
        if "event" in lines:
            found.append((lines["event"], json.loads(lines["data"])))
        if len(found) == count:
            break
    return found


def test_a_wait_ends_with_a_message(chat: Chat) -> None:
    async def story() -> tuple[dict[str, Any], float]:
        waiting = asyncio.create_task(poll(chat, 0, 20))
        await asyncio.sleep(0.3)
        await sync_to_async(chat.say)("hello")
        return await waiting

    body, took = run(story)

    assert [message["text"] for message in body["messages"]] == ["hello"]
    assert took < 5


def test_a_wait_ends_by_itself(chat: Chat) -> None:
    body, took = run(lambda: poll(chat, 0, 0.4))

    assert body == {"messages": [], "typing": False}
    assert 0.4 <= took < 3


def test_what_is_there_is_not_waited_for(chat: Chat) -> None:
    chat.say("hello")

    body, took = run(lambda: poll(chat, 0, 20))

    assert len(body["messages"]) == 1
    assert took < 3


def test_a_lost_hint_costs_only_time(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.api.chat.LOOK_AGAIN", 0.2)
    monkeypatch.setattr(push, "look", lambda _: None)

    async def story() -> tuple[dict[str, Any], float]:
        waiting = asyncio.create_task(poll(chat, 0, 20))
        await asyncio.sleep(0.3)
        await sync_to_async(chat.say)("hello")
        return await waiting

    assert run(story)[1] < 5


def test_a_stream_tells_the_talk_so_far_and_goes_on(chat: Chat) -> None:
    chat.say("first")

    async def story() -> list[tuple[str, Any]]:
        stream = events.follow(chat.talk.pk, 0)
        before = await said(stream, 3)
        await sync_to_async(chat.say)("second")
        return before + await said(stream, 1)

    found = run(story)

    assert [name for name, _ in found] == ["message", "state", "typing", "message"]
    assert found[0][1]["text"] == "first"
    assert found[1][1] == {"owner": "bot", "read": 0, "agent": ""}
    assert found[3][1]["text"] == "second"


def test_a_stream_says_who_took_over(chat: Chat) -> None:
    agent = factories.agent()
    agent.first_name = "Mei"
    agent.save()

    async def story() -> list[tuple[str, Any]]:
        stream = events.follow(chat.talk.pk, 0)
        await said(stream, 1)
        await sync_to_async(tickets.take_over)(chat.talk.pk, agent)
        push.look(push.conversation_topic(chat.talk.pk))
        return await said(stream, 1)

    assert run(story) == [("state", {"owner": "human", "read": 0, "agent": "Mei"})]


def test_a_stream_resumes_where_the_browser_was(chat: Chat) -> None:
    for text in ("one", "two", "three"):
        chat.say(text)

    async def story(headers: dict[str, str]) -> str:
        response: Any = await AsyncClient().get(
            "/chat/events", {"token": chat.token, "after": "1"}, headers=headers
        )
        stream = response.streaming_content
        text = ""
        async for block in stream:
            text += block.decode()
            if "event: state" in text:
                break
        await stream.aclose()
        return text

    by_query = asyncio.run(story({}))
    by_header = asyncio.run(story({"Last-Event-ID": "2"}))

    assert by_query.startswith("retry: ")
    assert "id: 1\n" not in by_query
    assert "id: 2\nevent: message" in by_query
    assert "id: 2\n" not in by_header
    assert "id: 3\nevent: message" in by_header


def test_a_stream_is_not_held_back_by_proxies(chat: Chat) -> None:
    async def story() -> Any:
        return await AsyncClient().get("/chat/events", {"token": chat.token})

    response = run(story)

    assert response["Content-Type"].startswith("text/event-stream")
    assert "no-cache" in response["Cache-Control"]
    assert response["X-Accel-Buffering"] == "no"


def test_a_quiet_stream_beats(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "BEAT", 0.2)

    async def story() -> str:
        async for block in events.follow(chat.talk.pk, 0):
            if block == sse.PING:
                return block
        return ""

    assert run(story) == sse.PING


def test_a_stream_of_a_talk_that_goes_ends(chat: Chat) -> None:
    async def story() -> list[str]:
        stream = events.follow(chat.talk.pk, 0)
        await said(stream, 1)
        await Conversation.objects.all().adelete()
        push.look(push.conversation_topic(chat.talk.pk))
        return [block async for block in stream]

    assert run(story) == []


def test_a_reader_that_goes_is_forgotten(chat: Chat) -> None:
    topic = push.conversation_topic(chat.talk.pk)

    async def story() -> bool:
        async def read() -> None:
            async for _ in events.follow(chat.talk.pk, 0):
                pass

        reading = asyncio.create_task(read())
        await asyncio.sleep(0.3)
        assert topic in push._readers
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        return topic in push._readers

    assert run(story) is False


def test_more_than_a_page_comes_in_parts(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcript, "LIMIT", 2)
    monkeypatch.setattr(events, "LIMIT", 2)
    for number in range(5):
        chat.say(str(number))

    async def story() -> list[tuple[str, Any]]:
        return await said(events.follow(chat.talk.pk, 0), 7)

    texts = [data["text"] for name, data in run(story) if name == "message"]

    assert texts == ["0", "1", "2", "3", "4"]
