"""A process without a model asks the one that has it, over a real Redis."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from bots import llm
from bots.llm import remote
from bots.llm.base import (
    Answer,
    BadAnswer,
    ChatMessage,
    Request,
    Tool,
    TooLate,
    ToolCall,
    Unavailable,
)

pytestmark = pytest.mark.services

ANSWER = Answer(
    text="Yes.",
    calls=(ToolCall(id="c1", name="find", arguments={"number": "SO1"}),),
    prompt_tokens=3,
)


class Held:
    """The model of the worker: what it is asked, and what it says."""

    name = "held"

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.fails: Exception | None = None

    def answer(self, request: Request) -> Answer:
        self.asked.append(request)
        if self.fails:
            raise self.fails
        return ANSWER


@pytest.fixture
def held(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Tasks are run at once by a thread, as a worker would run them."""
    settings.REDIS_URL = "redis://127.0.0.1:6379/9"
    model = Held()
    monkeypatch.setattr(llm, "configured", lambda: llm.Model(backend=model))
    workers: list[threading.Thread] = []

    def apply(kwargs: dict[str, Any], expires: float) -> None:
        workers.append(threading.Thread(target=remote.ask, kwargs=kwargs))
        workers[-1].start()

    monkeypatch.setattr(remote.ask, "apply_async", apply)
    yield model
    for worker in workers:
        worker.join()


def ask(seconds: float = 5.0) -> Answer:
    request = Request(
        messages=(ChatMessage(role="user", content="多久？"),),
        deadline=time.monotonic() + seconds,
        schema={"type": "object"},
        tools=(Tool(name="find", description="", parameters={}),),
    )
    return remote.RemoteModel("small").answer(request)


def test_question_and_answer_arrive_whole(held: Held) -> None:
    assert ask() == ANSWER
    assert held.asked[0].messages[0].content == "多久？"
    assert held.asked[0].schema == {"type": "object"}
    assert held.asked[0].tools[0].name == "find"


def test_the_deadline_is_the_same_moment(held: Held) -> None:
    ask(5.0)

    assert held.asked[0].deadline == pytest.approx(time.monotonic() + 5, abs=1)


def test_a_failure_is_the_same_failure(held: Held) -> None:
    held.fails = BadAnswer("nothing")

    with pytest.raises(BadAnswer, match="nothing"):
        ask()


def test_nobody_is_waited_for_too_long(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote.ask, "apply_async", lambda **_: None)

    with pytest.raises(TooLate):
        ask(0.2)


def test_no_redis_is_unavailable(
    held: Held, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote.ask, "apply_async", lambda **_: None)
    settings.REDIS_URL = "redis://127.0.0.1:9/0"

    with pytest.raises(Unavailable):
        ask()
