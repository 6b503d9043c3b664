"""What the tests of the belt share: fakes at its seams."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import cache

from bots import tasks
from bots.dialogue import engine
from bots.dialogue.turn import Input, Understanding
from kb.indexing import live
from tests.bots.dialogue.talks import meaning


@pytest.fixture(autouse=True)
def eager_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """The knowledge index looks at the database at every question."""
    monkeypatch.setattr("kb.indexing.CHECK_EVERY", 0.0)
    live.forget()


class Understands:
    """Stands in for the understanding: every text means what the test says."""

    def __init__(self) -> None:
        self.meanings: dict[str, Understanding] = {}
        self.otherwise = meaning("greet")
        self.heard: list[Input] = []
        # What happens while it thinks.
        self.meanwhile: Callable[[], object] = bool

    def __call__(self, given: Input, stored: Mapping[str, Any]) -> Understanding:
        self.heard.append(given)
        self.meanwhile()
        return self.meanings.get(given.text, self.otherwise)

    @property
    def texts(self) -> list[str]:
        return [given.text for given in self.heard]


@pytest.fixture
def understands(monkeypatch: pytest.MonkeyPatch) -> Understands:
    seam = Understands()
    monkeypatch.setattr(engine, "understand", seam)
    return seam


@dataclass
class Queue:
    """Remembers what was enqueued, and for when."""

    items: list[tuple[str, dict[str, Any], float]] = field(default_factory=list)

    def __call__(
        self, task: Any, arguments: dict[str, Any], seconds: float = 0.0
    ) -> None:
        self.items.append((task.name.rpartition(".")[2], arguments, seconds))

    def of(self, name: str) -> list[dict[str, Any]]:
        return [arguments for task, arguments, _ in self.items if task == name]

    def waits(self, name: str) -> list[float]:
        return [seconds for task, _, seconds in self.items if task == name]


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    cache.clear()
    queue = Queue()
    monkeypatch.setattr(tasks, "enqueue", queue)
    return queue
