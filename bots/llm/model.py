"""The model that everybody asks: a back end behind its budgets, breaker and mask."""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, overload

from bots.llm import ledger, structured
from bots.llm.base import (
    Answer,
    Backend,
    BadAnswer,
    ChatMessage,
    ModelError,
    Refused,
    Request,
    Schema,
    Tool,
    TooLate,
    Unavailable,
)
from bots.llm.breaker import Breaker
from bots.llm.masking import Mask, Unmasked
from bots.llm.streaming import Stream

logger = logging.getLogger(__name__)

OUTCOMES: dict[type[ModelError], str] = {
    TooLate: "late",
    Unavailable: "unavailable",
    BadAnswer: "bad_answer",
    Refused: "refused",
}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one call may take, and how many may be under way at once."""

    seconds: float = 30.0
    max_tokens: int = 300
    in_flight: int = 8


@dataclass(kw_only=True)
class Model:
    """Thread-safe. Every call is counted in the ledger that is open."""

    backend: Backend
    limits: Limits = field(default_factory=Limits)
    # Whether personal data must not be seen by the back end.
    masks: bool = False
    breaker: Breaker = field(default_factory=Breaker)

    def __post_init__(self) -> None:
        self._seats = threading.BoundedSemaphore(self.limits.in_flight)

    @overload
    def chat(
        self,
        messages: Sequence[ChatMessage],
        *,
        deadline: float,
        schema: Schema | None = None,
        tools: Sequence[Tool] | None = None,
        stream: Literal[False] = False,
        purpose: str = "",
    ) -> Answer: ...

    @overload
    def chat(
        self,
        messages: Sequence[ChatMessage],
        *,
        deadline: float,
        schema: None = None,
        tools: None = None,
        stream: Literal[True],
        purpose: str = "",
    ) -> Stream: ...

    def chat(
        self,
        messages: Sequence[ChatMessage],
        *,
        deadline: float,
        schema: Schema | None = None,
        tools: Sequence[Tool] | None = None,
        stream: bool = False,
        purpose: str = "",
    ) -> Answer | Stream:
        """Answer before the deadline, piece by piece if asked, or raise a `ModelError`.

        A schema's answer is asked for once more where it does not fit, then dropped.
        """
        request = Request(
            messages=tuple(messages),
            deadline=min(deadline, time.monotonic() + self.limits.seconds),
            max_tokens=self.limits.max_tokens,
            schema=schema,
            tools=tuple(tools or ()),
        )
        if stream:
            return Stream(
                lambda tell: self._ask(replace(request, tell=tell), purpose),
                deadline=request.deadline,
            )
        return (
            self._fitting(request, purpose) if schema else self._ask(request, purpose)
        )

    def _fitting(self, request: Request, purpose: str) -> Answer:
        """The answer that fits the schema, at the second try if need be."""
        answer = self._ask(request, purpose)
        try:
            return _read(answer, request)
        except structured.Malformed as problem:
            again = replace(request, messages=_again(request, answer, problem))
        try:
            return _read(self._ask(again, purpose), request)
        except structured.Malformed as problem:
            raise BadAnswer(f"Twice no usable JSON: {problem}.") from None

    def _ask(self, request: Request, purpose: str) -> Answer:
        book = ledger.current()
        began = time.monotonic()
        answer, outcome = None, "error"
        try:
            answer = self._allowed(request, book)
            outcome = "answered"
        except ModelError as error:
            outcome = OUTCOMES[type(error)]
            raise
        finally:
            call = _call(self.backend.name, purpose, outcome, answer, began)
            book.calls.append(call)
            logger.info("language model: %s", call)
        return answer

    def _allowed(self, request: Request, book: ledger.Ledger) -> Answer:
        book.check()
        if time.monotonic() >= request.deadline:
            raise TooLate("The time was up before the call.")
        if not self._seats.acquire(blocking=False):
            raise Refused("Too many are being answered already.")
        try:
            self.breaker.enter()
            return self._answered(
                replace(
                    request,
                    deadline=book.until(request.deadline),
                    max_tokens=book.most(request.max_tokens),
                ),
                book.names,
            )
        finally:
            self._seats.release()

    def _answered(self, request: Request, names: tuple[str, ...]) -> Answer:
        try:
            answer = self._masked(request, names)
        except BadAnswer:
            # It works; what it said was of no use.
            self.breaker.succeeded()
            raise
        except Exception:
            self.breaker.failed()
            raise
        self.breaker.succeeded()
        return answer

    def _masked(self, request: Request, names: tuple[str, ...]) -> Answer:
        if not self.masks:
            return self.backend.answer(request)
        mask = Mask(names=names)
        hidden = replace(request, messages=mask.messages(request.messages))
        if request.tell is None:
            return mask.shown(self.backend.answer(hidden))
        tell = Unmasked(mask, request.tell)
        answer = mask.shown(self.backend.answer(replace(hidden, tell=tell)))
        tell.flush()
        return answer


def _read(answer: Answer, request: Request) -> Answer:
    return replace(answer, data=structured.read(answer.text, request.schema or {}))


def _again(
    request: Request, answer: Answer, problem: structured.Malformed
) -> tuple[ChatMessage, ...]:
    return (
        *request.messages,
        ChatMessage(role="assistant", content=answer.text),
        ChatMessage(role="user", content=structured.complaint(problem)),
    )


def _call(
    model: str, purpose: str, outcome: str, answer: Answer | None, began: float
) -> ledger.Call:
    return ledger.Call(
        model=model,
        purpose=purpose,
        outcome=outcome,
        prompt_tokens=answer.prompt_tokens if answer else 0,
        completion_tokens=answer.completion_tokens if answer else 0,
        milliseconds=round((time.monotonic() - began) * 1000),
    )
