"""What a conversation remembers between turns: a small stack of tasks."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

VERSION = 2


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something that was offered: what it showed, what it stands for."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Task:
    """A skill under way: what is known, and what was asked last."""

    skill: str
    fields: dict[str, Any] = field(default_factory=dict)
    asked: str = ""
    # How often the open question was not answered.
    misses: int = 0
    # The confirmation that a yes redeems.
    token: str = ""

    def filled(self, **values: Any) -> "Task":
        return replace(self, fields={**self.fields, **values})

    def without(self, name: str) -> "Task":
        kept = {key: value for key, value in self.fields.items() if key != name}
        return replace(self, fields=kept)

    def asking(self, field: str) -> "Task":
        """The same, with this as the open question."""
        return replace(self, asked=field)


@dataclass(frozen=True, kw_only=True)
class State:
    """Frozen; every step returns a new one. Stored as JSON with its version."""

    tasks: tuple[Task, ...] = ()
    choices: tuple[Choice, ...] = ()
    # What was shown last, for "the second one" and "is it waterproof".
    product: str = ""
    order: str = ""
    # Turns in a row that were not understood.
    misses: int = 0
    # Why a person was offered in the last turn (a ticket's reason), or "".
    offered: str = ""

    @property
    def task(self) -> Task | None:
        """The task on top, or None."""
        return self.tasks[-1] if self.tasks else None

    def pushed(self, task: Task) -> "State":
        return replace(self, tasks=(*self.tasks, task))

    def popped(self) -> "State":
        return replace(self, tasks=self.tasks[:-1])

    def with_task(self, task: Task) -> "State":
        """The same with the top task replaced."""
        return replace(self, tasks=(*self.tasks[:-1], task))

    def as_json(self) -> dict[str, Any]:
        return {"version": VERSION, **asdict(self)}


def load(data: dict[str, Any]) -> State:
    """Read a stored state; one of another version starts afresh."""
    if data.get("version") != VERSION:
        return State()
    return State(
        tasks=tuple(Task(**task) for task in data["tasks"]),
        choices=tuple(Choice(**choice) for choice in data["choices"]),
        product=data["product"],
        order=data["order"],
        misses=data["misses"],
        offered=data["offered"],
    )
