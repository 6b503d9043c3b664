"""The case files: one JSON object a line, with what must come of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ecomsupport.taubench.problem import BenchError, told


class Exact(BaseModel):
    """Of exactly these types; what is not named here is left aside."""

    model_config = ConfigDict(strict=True, frozen=True)


class Call(Exact):
    name: str
    # Anything: wrong arguments are what some calls are about.
    kwargs: Any
    # Only some calls say what they must answer; then it is among the fields set.
    result: Any = None


class Delta(Exact):
    model_config = ConfigDict(extra="forbid")

    orders: Mapping[str, Any]
    users: Mapping[str, Any]


class Expected(Exact):
    """The state afterwards: what differs from the start, and the hash of it all."""

    expected_delta: Delta
    expected_state_sha256: str


class Action(Call):
    expect: Literal["ok", "refused"]
    error: str | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        refused = self.expect == "refused"
        if refused != (self.error is not None):
            raise ValueError("an error class goes with a refusal, and only there")
        if refused and self.result is not None:
            raise ValueError("a refused call has no result")
        return self


class Task(Expected):
    id: str
    acting_user: str | None
    actions: list[Action]


class Twin(Expected):
    setup: list[Call]
    call: Call
    result: Any = None

    @property
    def whole_call(self) -> Call:
        """The call with the result that stands beside it here."""
        if "result" not in self.model_fields_set:
            return self.call
        return self.call.model_copy(update={"result": self.result})


class BadCall(Expected):
    id: str
    acting_user: str | None
    setup: list[Call]
    call: Call
    error: str
    any_of: list[str] = Field(min_length=1)
    good_twin: Twin | None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.error not in self.any_of:
            raise ValueError("any_of lacks the error")
        return self


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """A line that is no case: it fails, and the others run."""

    id: str
    why: str


AnyCase: TypeAlias = Task | BadCall | Unreadable
Kind: TypeAlias = type[Task] | type[BadCall]


def read_tasks(directory: Path, name: str) -> Sequence[AnyCase]:
    """The tasks of a file; raises BenchError where there are none."""
    return _read(directory, name, Task)


def read_bad_calls(directory: Path, name: str) -> Sequence[AnyCase]:
    """The bad calls of a file; raises BenchError where there are none."""
    return _read(directory, name, BadCall)


def _read(directory: Path, name: str, kind: Kind) -> list[AnyCase]:
    """Read a file of the directory, else one that has a path of its own."""
    path = directory / name
    if not path.exists():
        path = Path(name)
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise BenchError(f"{path}: {error.strerror}") from error
    cases = [
        parse(line, f"line {number}", kind)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    if not cases:
        raise BenchError(f"{path}: holds no cases")
    return cases


def parse(line: bytes, place: str, kind: Kind) -> AnyCase:
    """The case of a line, which is called by its place where it has no id."""
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        return Unreadable(id=_id(line) or place, why=told(error))


def _id(line: bytes) -> str:
    """The id of what is otherwise no case, or ""."""
    try:
        return str(json.loads(line)["id"])
    except (ValueError, TypeError, LookupError, RecursionError):
        return ""
