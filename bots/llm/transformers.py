"""A causal model in this process, loaded by the first question put to it."""

import logging
import threading
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Expired
from importlib import import_module
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bots.llm.base import (
    Answer,
    BadAnswer,
    Request,
    TooLate,
    ToolCall,
    Unavailable,
    spoken,
)

logger = logging.getLogger(__name__)

# A model that failed to load is not tried again at every message.
RETRY_AFTER = 60.0
PRECISIONS = ("auto", "bf16", "int8")


class Written(Protocol):
    """As `bots.llm.local.job.Written`, which must not be imported here."""

    @property
    def text(self) -> str: ...
    @property
    def end(self) -> str: ...
    @property
    def prompt_tokens(self) -> int: ...
    @property
    def completion_tokens(self) -> int: ...


class Writer(Protocol):
    def write(self, request: Request) -> Written: ...


class TransformersModel:
    """Any causal chat model, by folder or by name. Answers several at once."""

    def __init__(self, name: str, *, precision: str = "auto") -> None:
        self.name = name
        self.precision = precision
        self._lock = threading.Lock()
        self._writer: Writer | None = None
        self._loading: Future[Writer] | None = None
        self._retry_at = 0.0

    def answer(self, request: Request) -> Answer:
        if time.monotonic() >= request.deadline:
            raise TooLate("There was no time to begin.")
        writer = self._loaded(request.deadline)
        if time.monotonic() >= request.deadline:
            raise TooLate("Loading the model took all the time.")
        return _answer(writer.write(request), request)

    def load(self) -> None:
        """Load now rather than while a shopper waits. Raises `Unavailable`."""
        self._loaded(time.monotonic() + threading.TIMEOUT_MAX / 2)

    def _loaded(self, deadline: float) -> Writer:
        with self._lock:
            if self._writer:
                return self._writer
            if time.monotonic() < self._retry_at:
                raise Unavailable("The model could not be loaded a moment ago.")
            if self._loading is None:
                # By a thread: who asks first waits no longer than others do.
                self._loading = Future()
                threading.Thread(
                    target=self._work, args=(self._loading,), daemon=True
                ).start()
            loading = self._loading
        try:
            return loading.result(timeout=max(0.0, deadline - time.monotonic()))
        except Expired:
            raise TooLate("The model was still being loaded.") from None

    def _work(self, loading: "Future[Writer]") -> None:
        try:
            writer = self._load()
        except Unavailable as error:
            with self._lock:
                self._retry_at = time.monotonic() + RETRY_AFTER
                self._loading = None
            loading.set_exception(error)
            return
        with self._lock:
            self._writer = writer
        loading.set_result(writer)

    def _load(self) -> Writer:
        # Imported here: torch takes seconds and much memory, and only the process
        # that answers needs it.
        try:
            load = import_module("bots.llm.local.loading").load
            causal = load(self.name, precision=self.precision)
            writer: Writer = import_module("bots.llm.local.alone").writer_for(causal)
        except Exception as error:
            # A folder of somebody else's can fail in any way.
            logger.warning("the language model could not be loaded", exc_info=True)
            reason = type(error).__name__
            raise Unavailable(f"The model could not be loaded: {reason}.") from error
        return writer


def build() -> TransformersModel:
    if not settings.LLM_MODEL:
        raise ImproperlyConfigured("LLM_BACKEND=transformers needs LLM_MODEL.")
    if settings.LLM_PRECISION not in PRECISIONS:
        known = ", ".join(PRECISIONS)
        raise ImproperlyConfigured(f"LLM_PRECISION must be one of: {known}.")
    return TransformersModel(settings.LLM_MODEL, precision=settings.LLM_PRECISION)


def _answer(written: Written, request: Request) -> Answer:
    calls = _calls(written.text) if request.tools else ()
    text = written.text.split("<tool_call>")[0] if calls else written.text
    # A cut object is found out by its schema; a cut sentence only here.
    text = spoken(text, cut=written.end != "said" and not request.whole)
    if text or calls:
        return Answer(
            text=text,
            calls=calls,
            prompt_tokens=written.prompt_tokens,
            completion_tokens=written.completion_tokens,
        )
    if written.end == "late":
        raise TooLate("Not a sentence was finished in time.")
    raise BadAnswer("Not a sentence was written.")


def _calls(text: str) -> tuple[ToolCall, ...]:
    found = import_module("bots.llm.local.prompts").called(text)
    return tuple(
        ToolCall(id=f"call_{at}", name=name, arguments=arguments)
        for at, (name, arguments) in enumerate(found)
    )
