"""A model that another process holds: asked over the broker, answered through Redis."""

import time
import uuid
from collections.abc import Mapping
from functools import cache
from typing import Any

import pydantic
import redis
from celery import shared_task
from django.conf import settings
from kombu.exceptions import OperationalError

from bots.llm.base import (
    Answer,
    BadAnswer,
    ModelError,
    Refused,
    Request,
    TooLate,
    Unavailable,
)

# An answer that nobody fetches is forgotten (seconds).
KEPT = 60
FAILURES: Mapping[str, type[ModelError]] = {
    kind.__name__: kind for kind in (TooLate, Unavailable, BadAnswer, Refused)
}
_REQUEST = pydantic.TypeAdapter(Request)
_ANSWER = pydantic.TypeAdapter(Answer)


class RemoteModel:
    """Asks the inference worker. Nothing is told in pieces: the whole comes at once."""

    def __init__(self, name: str) -> None:
        self.name = name

    def answer(self, request: Request) -> Answer:
        key = f"llm:{uuid.uuid4()}"
        left = request.deadline - time.monotonic()
        if left <= 0:
            raise TooLate("The time was up before the call.")
        try:
            ask.apply_async(
                kwargs={
                    "key": key,
                    "request": packed(request),
                    # Clocks of two processes of one shop agree well enough.
                    "until": time.time() + left,
                },
                expires=left,
            )
            found = _redis(settings.REDIS_URL).blpop([key], timeout=left)
        except (OperationalError, redis.RedisError):
            raise Unavailable("The inference worker cannot be reached.") from None
        if found is None:
            raise TooLate("The inference worker did not answer in time.")
        return _unpacked(found[1])


@shared_task(name="bots.llm.ask")
def ask(*, key: str, request: dict[str, Any], until: float) -> None:
    """Answer what another process asks; runs in the inference worker."""
    # Imported here: that module registers this one.
    from bots.llm import configured

    model = configured()
    deadline = time.monotonic() + until - time.time()
    try:
        if model is None:
            raise Unavailable("The inference worker has no model.")
        answer = model.backend.answer(_request(request, deadline))
        said = {"answer": _ANSWER.dump_python(answer, mode="json")}
    except ModelError as error:
        said = {"failure": type(error).__name__, "reason": str(error)}
    client = _redis(settings.REDIS_URL)
    client.rpush(key, _dumped(said))
    client.expire(key, KEPT)


def packed(request: Request) -> dict[str, Any]:
    whole: dict[str, Any] = _REQUEST.dump_python(
        request, mode="json", exclude={"deadline", "tell"}
    )
    return whole


def _request(data: dict[str, Any], deadline: float) -> Request:
    return _REQUEST.validate_python({**data, "deadline": deadline})


def _unpacked(body: bytes | str) -> Answer:
    said = pydantic.TypeAdapter(dict[str, Any]).validate_json(body)
    if failure := FAILURES.get(said.get("failure", "")):
        raise failure(said["reason"])
    return _ANSWER.validate_python(said["answer"])


def _dumped(said: dict[str, Any]) -> bytes:
    return pydantic.TypeAdapter(dict[str, Any]).dump_json(said)


@cache
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url)
