"""A causal model in this process, loaded by the first question put to it."""

import threading
import time
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bots.llm.base import BadAnswer, ChatMessage, TooLate, Unavailable, spoken

if TYPE_CHECKING:
    from bots.llm.causal import CausalModel

# A model that failed to load is not tried again at every message.
RETRY_AFTER = 60.0


class TransformersModel:
    """Any causal chat model, by folder or by name. Answers one question at a time."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._model: CausalModel | None = None
        self._retry_at = 0.0

    def chat(
        self,
        messages: Sequence[ChatMessage],
        *,
        deadline: float,
        max_tokens: int = 300,
    ) -> str:
        if not self._lock.acquire(timeout=max(0.0, deadline - time.monotonic())):
            raise TooLate("Others were still being answered.")
        try:
            return self._answer(messages, deadline, max_tokens)
        finally:
            self._lock.release()

    def load(self) -> None:
        """Load now rather than while a shopper waits. Raises `Unavailable`."""
        with self._lock:
            self._loaded()

    def _answer(
        self, messages: Sequence[ChatMessage], deadline: float, max_tokens: int
    ) -> str:
        if time.monotonic() >= deadline:
            raise TooLate("There was no time to begin.")
        model = self._loaded()
        if time.monotonic() >= deadline:
            raise TooLate("Loading the model took all the time.")
        written = model.write(messages, deadline=deadline, max_tokens=max_tokens)
        if text := spoken(written.text, cut=written.end != "said"):
            return text
        if written.end == "late":
            raise TooLate("Not a sentence was finished in time.")
        raise BadAnswer("Not a sentence was written.")

    def _loaded(self) -> "CausalModel":
        if self._model is None:
            if time.monotonic() < self._retry_at:
                raise Unavailable("The model could not be loaded a moment ago.")
            self._model = self._load()
        return self._model

    def _load(self) -> "CausalModel":
        # Imported here: torch takes seconds and much memory, and only the process
        # that answers needs it.
        try:
            model: CausalModel = import_module("bots.llm.causal").load(self.name)
        except (ImportError, OSError, ValueError, RuntimeError) as error:
            self._retry_at = time.monotonic() + RETRY_AFTER
            reason = type(error).__name__
            raise Unavailable(f"The model could not be loaded: {reason}.") from error
        return model


def build() -> TransformersModel:
    if not settings.LLM_MODEL:
        raise ImproperlyConfigured("LLM_BACKEND=transformers needs LLM_MODEL.")
    return TransformersModel(settings.LLM_MODEL)
