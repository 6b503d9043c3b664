"""Language models: which one is configured. Importing this loads none of them."""

import os
import threading
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from bots.llm.base import (
    Answer,
    Backend,
    BadAnswer,
    ChatMessage,
    ChatModel,
    ModelError,
    Refused,
    Tool,
    TooLate,
    ToolCall,
    Unavailable,
)
from bots.llm.model import Limits, Model
from bots.llm.remote import RemoteModel

__all__ = [
    "BACKENDS",
    "Answer",
    "BadAnswer",
    "ChatMessage",
    "ChatModel",
    "Limits",
    "Model",
    "ModelError",
    "Refused",
    "TooLate",
    "Tool",
    "ToolCall",
    "Unavailable",
    "configured",
    "reachable",
]

# The value of LLM_BACKEND → what builds it from the settings, imported on first use.
BACKENDS = {
    "openai": "bots.llm.openai.build",
    "transformers": "bots.llm.transformers.build",
}

_Key = tuple[object, ...]

_lock = threading.Lock()
_built: dict[_Key, Model] = {}


def configured() -> Model | None:
    """The model of the settings, one per process; None where there is none.

    For the inference worker: it may load a model here. Raises `ImproperlyConfigured`
    for a back end that does not exist or lacks a setting.
    """
    if settings.LLM_BACKEND == "none":
        return None
    if settings.LLM_BACKEND not in BACKENDS:
        known = ", ".join(["none", *BACKENDS])
        raise ImproperlyConfigured(f"LLM_BACKEND must be one of: {known}.")
    return _once("here", _backend)


def reachable() -> Model | None:
    """The same for all other processes: what would be loaded is asked over the broker."""
    if settings.LLM_BACKEND == "transformers" and settings.REDIS_URL:
        return _once("there", lambda: RemoteModel(settings.LLM_MODEL))
    return configured()


def _once(place: str, build: Callable[[], Backend]) -> Model:
    key = (place, *_key())
    with _lock:
        if key not in _built:
            for old in [known for known in _built if known[0] == place]:
                del _built[old]
            _built[key] = _guarded(build())
        return _built[key]


def _backend() -> Backend:
    build = cast(Callable[[], Backend], import_string(BACKENDS[settings.LLM_BACKEND]))
    return build()


def _guarded(backend: Backend) -> Model:
    return Model(
        backend=backend,
        limits=Limits(
            seconds=settings.LLM_CALL_SECONDS,
            max_tokens=settings.LLM_MAX_TOKENS,
            in_flight=settings.LLM_IN_FLIGHT,
        ),
        masks=settings.LLM_BACKEND == "openai" and not settings.LLM_SEND_PERSONAL_DATA,
    )


def _key() -> _Key:
    # The process is part of it: sockets and threads do not survive a fork.
    return (
        os.getpid(),
        settings.LLM_BACKEND,
        settings.LLM_MODEL,
        settings.LLM_PRECISION,
        settings.LLM_BASE_URL,
        settings.LLM_API_KEY,
        settings.LLM_SEND_PERSONAL_DATA,
        settings.LLM_CALL_SECONDS,
        settings.LLM_MAX_TOKENS,
        settings.LLM_IN_FLIGHT,
    )
