"""The push bus: says "look", never what; the database is the truth.

Within a process a reader waits on an event; with REDIS_URL a publish wakes the readers
of every process. A hint may be lost: readers look again by themselves after a while.
"""

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from threading import Event, Lock, Thread

import redis
from django.conf import settings

logger = logging.getLogger(__name__)

PREFIX = "ecomsupport:look:"

_guard = Lock()
_closing = Event()
_readers: defaultdict[str, set["Reader"]] = defaultdict(set)


class Reader:
    """One that waits for a topic in the event loop it was made in."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    def wake(self) -> None:
        # The loop may have ended between the look-up and this call.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._event.set)

    @property
    def closed(self) -> bool:
        """Whether the process ends: whoever waits for more is to go."""
        return _closing.is_set()

    async def wait(self, seconds: float) -> None:
        """Return at the next hint since the last call, or after `seconds`."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)
        self._event.clear()


@contextlib.contextmanager
def reading(topic: str) -> Iterator[Reader]:
    """Listen to a topic: a hint that comes before `wait` is not lost."""
    if settings.REDIS_URL:
        _listen_to_redis()
    reader = Reader()
    with _guard:
        _readers[topic].add(reader)
    try:
        yield reader
    finally:
        with _guard:
            _readers[topic].discard(reader)
            if not _readers[topic]:
                del _readers[topic]


def look(topic: str) -> None:
    """Wake the readers of a topic, wherever they are; never raises for a dead Redis."""
    if not settings.REDIS_URL:
        _wake(topic)
        return
    try:
        _redis().publish(PREFIX + topic, "")
    except redis.RedisError:
        logger.warning("push bus: Redis does not answer; readers will poll")


def close() -> None:
    """Send every reader of this process home, for good: it is about to end."""
    _closing.set()
    with _guard:
        readers = [reader for waiting in _readers.values() for reader in waiting]
    for reader in readers:
        reader.wake()


def conversation_topic(conversation_id: int) -> str:
    return f"conversation.{conversation_id}"


# What the desk's queue listens to.
DESK = "desk"


def _wake(topic: str) -> None:
    with _guard:
        readers = tuple(_readers.get(topic, ()))
    for reader in readers:
        reader.wake()


@cache
def _redis() -> "redis.Redis":
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=5)


@cache
def _listen_to_redis() -> Thread:
    """Start this process's one subscriber."""
    thread = Thread(target=_subscribe, name="push-bus", daemon=True)
    thread.start()
    return thread


def _subscribe() -> None:
    client = redis.Redis.from_url(settings.REDIS_URL)
    pubsub = client.pubsub(  # type: ignore[no-untyped-call]
        ignore_subscribe_messages=True
    )
    while True:
        try:
            pubsub.psubscribe(PREFIX + "*")
            for message in pubsub.listen():
                _wake(message["channel"].decode().removeprefix(PREFIX))
        except redis.RedisError:
            logger.warning("push bus: lost Redis, trying again")
            time.sleep(1)
