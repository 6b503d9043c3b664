"""Stands still at the point that STALL_AT names, once the file STALL_FILE is there."""

import os
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import AppConfig

# Where a turn can be killed: (module, function) before which the worker stops.
POINTS = {
    "thinking": ("bots.dialogue.engine", "understand"),
    "acted, not committed": ("bots.turns", "_trace"),
    "committed, not enqueued": ("bots.tasks", "_send_off"),
    "sending": ("bots.tasks", "send"),
}


class StallingConfig(AppConfig):
    name = "tests.stalling"

    def ready(self) -> None:
        module, name = POINTS[os.environ["STALL_AT"]]
        target = import_module(module)
        setattr(target, name, _stalling(getattr(target, name)))


def _stalling(function: Callable[..., Any]) -> Callable[..., Any]:
    armed = Path(os.environ["STALL_FILE"])

    def stalled(*args: Any, **kwargs: Any) -> Any:
        if armed.exists():
            armed.rename(armed.with_suffix(".reached"))
            time.sleep(600)
        return function(*args, **kwargs)

    return stalled
