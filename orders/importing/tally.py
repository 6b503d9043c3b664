"""What became of the lines of one file."""

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum

from django.utils.translation import gettext as _

from orders.importing.errors import LineError


class Outcome(Enum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Rejection:
    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(kw_only=True)
class Tally:
    kind: str
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    # In the order of the file.
    rejected: list[Rejection] = field(default_factory=list)
    # Keys that the format does not know, and how many lines have them.
    unread: Counter[str] = field(default_factory=Counter)

    @property
    def file(self) -> str:
        return f"{self.kind}.jsonl"

    @property
    def summary(self) -> str:
        return _(
            "%(kind)s: %(created)d created, %(updated)d updated, "
            "%(unchanged)d unchanged, %(rejected)d rejected"
        ) % {
            "kind": self.kind,
            "rejected": len(self.rejected),
            **{outcome.value: self.outcomes[outcome] for outcome in Outcome},
        }

    def reject(self, line: int, reason: LineError) -> None:
        self.rejected.append(Rejection(self.file, line, str(reason)))
