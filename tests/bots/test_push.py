"""The push bus says "look", and never more than that."""

import asyncio
import logging
import threading
import time

import pytest
import redis
from pytest_django.fixtures import Settings

from bots import push

LONG = 5.0


def waited(topic: str, hint: str, *, early: bool = False) -> float:
    """How long a reader of a topic waits where a hint comes from another thread."""

    async def read() -> float:
        with push.reading(topic) as reader:
            if early:
                push.look(hint)
            else:
                threading.Timer(0.05, push.look, [hint]).start()
            started = time.monotonic()
            await reader.wait(LONG if topic == hint else 0.2)
            return time.monotonic() - started

    return asyncio.run(read())


def test_a_hint_wakes_the_readers_of_its_topic() -> None:
    assert waited("a", "a") < LONG / 2


def test_a_hint_before_the_wait_is_not_lost() -> None:
    assert waited("a", "a", early=True) < LONG / 2


def test_a_hint_of_another_topic_wakes_nobody() -> None:
    assert waited("a", "b") >= 0.2


def test_a_hint_is_used_up() -> None:
    async def read() -> float:
        with push.reading("a") as reader:
            push.look("a")
            await reader.wait(LONG)
            started = time.monotonic()
            await reader.wait(0.2)
            return time.monotonic() - started

    assert asyncio.run(read()) >= 0.2


def test_every_reader_of_a_topic_is_woken() -> None:
    async def read() -> None:
        with push.reading("a") as first, push.reading("a") as second:
            push.look("a")
            await asyncio.gather(first.wait(LONG), second.wait(LONG))

    started = time.monotonic()
    asyncio.run(read())
    assert time.monotonic() - started < LONG / 2


def test_who_has_gone_is_forgotten() -> None:
    waited("gone", "gone")
    push.look("gone")
    assert "gone" not in push._readers


def test_a_reader_whose_loop_has_ended_is_no_error() -> None:
    async def begin() -> push.Reader:
        return push.Reader()

    asyncio.run(begin()).wake()


class Dead:
    """A Redis that does not answer."""

    def publish(self, channel: str, message: str) -> None:
        raise redis.ConnectionError


def test_a_dead_redis_fails_nobody(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(push, "_redis", Dead)
    with caplog.at_level(logging.WARNING):
        push.look("a")
    assert "Redis does not answer" in caplog.text


def test_each_conversation_has_its_own_topic() -> None:
    assert push.conversation_topic(1) != push.conversation_topic(2)
