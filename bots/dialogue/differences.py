"""How two pieces of JSON differ, path by path, for people to read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bots.dialogue.brief import HIDDEN, masked

# Confidences nearer to each other than this are the same.
NOISE = 0.01
_CHOICE = {"label", "value"}
# What the buttons below a confirmation send.
_ANSWER = re.compile(r"^(yes|no):.+")
_SHORT = r"\1:•••"
_NOTHING: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, kw_only=True)
class Difference:
    """`before` or `after` is None where there is nothing at this path."""

    path: str
    before: Any
    after: Any


def differences(before: Any, after: Any) -> list[Difference]:
    """What differs, in the order of `after`, then what is only in `before`.

    What belongs to a person is compared, and shown masked.
    """
    old, new = dict(_leaves(before)), dict(_leaves(after))
    paths = dict.fromkeys([*new, *old])
    return [
        Difference(path=path, before=_shown(path, old), after=_shown(path, new))
        for path in paths
        if not _same(old.get(path), new.get(path))
    ]


def hiding(value: Any) -> Any:
    """The same JSON, with what belongs to a person masked."""
    if isinstance(value, Mapping):
        return {
            name: masked(inner) if name in HIDDEN else hiding(inner)
            for name, inner in value.items()
        }
    if isinstance(value, str):
        return _ANSWER.sub(_SHORT, value)
    return [hiding(inner) for inner in value] if isinstance(value, list) else value


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if value in _NOTHING:
        return
    if isinstance(value, Mapping) and set(value) == _CHOICE:
        yield path, f"{value['label']} ({_ANSWER.sub(_SHORT, value['value'])})"
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{place}]")
    else:
        yield path, value


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < NOISE
    return bool(one == other)


def _shown(path: str, leaves: Mapping[str, Any]) -> Any:
    value = leaves.get(path)
    names = {part.partition("[")[0] for part in path.split(".")}
    return masked(value) if names & HIDDEN else value
