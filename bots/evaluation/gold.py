"""Labelled messages: read from JSON lines, and understood one by one."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bots.dialogue.turn import Understanding, Utterance
from bots.dialogue.understand import understand

# A Friday; what lines say of days is meant from here, where they name no time.
AT = "2026-11-06T10:00:00+08:00"


class GoldError(Exception):
    """A line that is no labelled message; the text says which."""


@dataclass(frozen=True, kw_only=True)
class Line:
    text: str
    language: str
    # Each wish with the names that are right for it.
    intents: tuple[frozenset[str], ...]
    slots: Mapping[str, Any] | None
    sentiment: str
    utterance: Utterance


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A line, and what was made of it."""

    line: Line
    found: Understanding

    @property
    def is_right(self) -> bool:
        """Tell whether the first intent is the first that was said."""
        return self.found.first.name in self.line.intents[0]


def read_lines(files: Iterable[Path]) -> Iterator[Line]:
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if line.strip():
                try:
                    yield parse(json.loads(line))
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    raise GoldError(f"{file.name}:{number}: {error!r}") from error


def parse(given: Mapping[str, Any]) -> Line:
    intents = tuple(_either(wanted) for wanted in given.get("intents") or ())
    history = tuple(
        (said["sender"], said["text"]) for said in given.get("history") or ()
    )
    return Line(
        text=given["text"],
        language=given.get("language", ""),
        intents=intents,
        slots=given.get("slots"),
        sentiment=given.get("sentiment", ""),
        utterance=Utterance(
            text=given["text"],
            at=datetime.fromisoformat(given.get("at", AT)),
            history=history,
            expecting=given.get("expecting", ""),
        ),
    )


def _either(wanted: str | list[str]) -> frozenset[str]:
    return frozenset([wanted] if isinstance(wanted, str) else wanted)


def hear(lines: Iterable[Line]) -> list[Heard]:
    return [Heard(line=line, found=understand(line.utterance)) for line in lines]
