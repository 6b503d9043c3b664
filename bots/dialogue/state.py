"""What a conversation remembers between turns: a small stack of tasks."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

VERSION = 3


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
    # The order that was refused with "no, the other one".
    but_not: str = ""

    def filled(self, **values: Any) -> "Task":
        return replace(self, fields={**self.fields, **values})

    def without(self, name: str) -> "Task":
        kept = {key: value for key, value in self.fields.items() if key != name}
        return replace(self, fields=kept)

    def asking(self, field: str) -> "Task":
        """The same, with this as the open question."""
        return replace(self, asked=field)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What was said of who one is, before it was asked for or fitted."""

    email: str = ""
    # The last digits of a phone number.
    tail: str = ""


@dataclass(frozen=True, kw_only=True)
class State:
    """Frozen; every step returns a new one. Stored as JSON with its version."""

    tasks: tuple[Task, ...] = ()
    choices: tuple[Choice, ...] = ()
    # The list that was shown last, kept when it has been answered.
    shown: tuple[Choice, ...] = ()
    # What was shown last, for "the second one" and "is it waterproof".
    product: str = ""
    order: str = ""
    # The skill that ended last: what "and the first?" is asked about.
    skill: str = ""
    # Turns in a row that were not understood, or were none of the shop's business.
    misses: int = 0
    # Why a person was offered in the last turn (a ticket's reason), or "".
    offered: str = ""
    # What a plain yes takes: the one thing that the last turn asked about, or "".
    agreeable: str = ""
    # Whether the last turn carried something out.
    done: bool = False
    proof: Proof = field(default_factory=Proof)
    # The language that was wished for, and the messages in a row in another one.
    language: str = ""
    strayed: int = 0

    @property
    def task(self) -> Task | None:
        """The task on top, or None."""
        return self.tasks[-1] if self.tasks else None

    @property
    def stuck(self) -> bool:
        """Whether the last turn did not get on: it was not understood, or not answered."""
        return self.misses > 0 or bool(self.task and self.task.misses)

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
    plain = {key: value for key, value in data.items() if key != "version"}
    return State(
        **plain
        | {
            "tasks": tuple(Task(**task) for task in data["tasks"]),
            "choices": tuple(Choice(**choice) for choice in data["choices"]),
            "shown": tuple(Choice(**choice) for choice in data["shown"]),
            "proof": Proof(**data["proof"]),
        }
    )
