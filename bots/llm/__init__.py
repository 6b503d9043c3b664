"""Language models: which one is configured. Importing this loads none of them."""

import os
import threading
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from bots.llm.base import (
    BadAnswer,
    ChatMessage,
    ChatModel,
    ModelError,
    TooLate,
    Unavailable,
)

__all__ = [
    "BACKENDS",
    "BadAnswer",
    "ChatMessage",
    "ChatModel",
    "ModelError",
    "TooLate",
    "Unavailable",
    "configured",
]

# The value of LLM_BACKEND → what builds it from the settings, imported on first use.
BACKENDS = {
    "openai": "bots.llm.openai.build",
    "transformers": "bots.llm.transformers.build",
}

_Key = tuple[object, ...]

_lock = threading.Lock()
_built: dict[_Key, ChatModel] = {}


def configured() -> ChatModel | None:
    """The model of the settings, one per process; None where there is none.

    Raises `ImproperlyConfigured` for a back end that does not exist or lacks a
    setting.
    """
    if settings.LLM_BACKEND == "none":
        return None
    if settings.LLM_BACKEND not in BACKENDS:
        known = ", ".join(["none", *BACKENDS])
        raise ImproperlyConfigured(f"LLM_BACKEND must be one of: {known}.")
    key = _key()
    with _lock:
        if key not in _built:
            build = cast(
                Callable[[], ChatModel], import_string(BACKENDS[settings.LLM_BACKEND])
            )
            model = build()
            _built.clear()
            _built[key] = model
        return _built[key]


def _key() -> _Key:
    # The process is part of it: sockets and threads do not survive a fork.
    return (
        os.getpid(),
        settings.LLM_BACKEND,
        settings.LLM_MODEL,
        settings.LLM_BASE_URL,
        settings.LLM_API_KEY,
    )
