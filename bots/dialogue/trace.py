"""What a turn did, step by step, for whoever asks later why it said that."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from inspect import signature
from time import perf_counter
from typing import Any, ParamSpec, TypeVar

from bots.dialogue.brief import brief, masked
from bots.dialogue.turn import Input, Outcome, Shopper
from orders import confirmation
from orders.refusal import Refusal

P = ParamSpec("P")
T = TypeVar("T")

# More calls of a turn, or more characters of one result, are not read by anyone.
MOST_CALLS = 40
LONGEST_RESULT = 1500
LONGEST_REPLY = 1000
# A record is at most so long as JSON; these parts are left out first where it is not.
LONGEST = 20_000
_PARTS = ("calls", "after", "replies", "before")
# What they return lets a write be done.
_SECRET = (confirmation.propose,)


class Trace:
    """Collects what a turn asks of the shop and the knowledge base, and its times."""

    def __init__(self) -> None:
        self._calls: list[dict[str, Any]] = []
        self._left_out = 0
        self._seconds: dict[str, float] = defaultdict(float)
        self._steps: list[str] = []
        self._since = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count the time inside for this step, and not for the one around it."""
        self._charge()
        self._steps.append(name)
        try:
            yield
        finally:
            self._charge()
            self._steps.pop()

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call it; keep its name, arguments, and result or refusal."""
        started = perf_counter()
        try:
            result = function(*args, **kwargs)
        except Refusal as refusal:
            self._keep(function, args, kwargs, started, {"refused": str(refusal.code)})
            raise
        told = masked(result) if function in _SECRET else _short(result)
        self._keep(function, args, kwargs, started, {"result": told})
        return result

    def as_json(self) -> dict[str, Any]:
        took = {name: round(1000 * s, 2) for name, s in self._seconds.items()}
        left_out = {"calls_left_out": self._left_out} if self._left_out else {}
        return {"calls": self._calls, "milliseconds": took, **left_out}

    def _charge(self) -> None:
        now = perf_counter()
        if self._steps:
            self._seconds[self._steps[-1]] += now - self._since
        self._since = now

    def _keep(
        self,
        function: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        started: float,
        ended: dict[str, Any],
    ) -> None:
        took = round(1000 * (perf_counter() - started), 2)
        call = _named(function, args, kwargs) | ended
        last = self._calls[-1] if self._calls else {}
        if call.items() <= last.items():
            # Asked again at once, and answered the same.
            last["times"] = last.get("times", 1) + 1
            last["milliseconds"] = round(last["milliseconds"] + took, 2)
        elif len(self._calls) < MOST_CALLS:
            self._calls.append(call | {"milliseconds": took})
        else:
            self._left_out += 1


def record(
    given: Input, shopper: Shopper, before: Mapping[str, Any], outcome: Outcome
) -> dict[str, Any]:
    """What is stored of a turn: enough to read it, and to run it again.

    The shopper's words are not in it; they stand in the messages.
    """
    return {
        "language": given.language,
        "shopper": asdict(shopper),
        "before": dict(before),
        "after": dict(outcome.state),
        "replies": [
            {
                "text": reply.text[:LONGEST_REPLY],
                "source": reply.source,
                "buttons": [button.as_json() for button in reply.buttons],
                "cards": [card.title for card in reply.cards],
            }
            for reply in outcome.replies
        ],
        "effects": outcome.effects(),
        **outcome.trace,
    }


def fitting(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record, without its longest parts where it would be too long to store."""
    kept = dict(record)
    for name in _PARTS:
        if len(json.dumps(kept)) <= LONGEST:
            break
        kept.pop(name, None)
        kept["left_out"] = [*kept.get("left_out", ()), name]
    return kept


def _short(result: Any) -> Any:
    short = brief(result)
    text = json.dumps(short, ensure_ascii=False)
    return short if len(text) <= LONGEST_RESULT else f"{text[:LONGEST_RESULT]}…"


def _named(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> dict[str, Any]:
    given = {**dict(zip(_parameters(function), args, strict=False)), **kwargs}
    name = f"{function.__module__}.{function.__qualname__}"
    return {"name": name, "arguments": brief(given)}


@lru_cache(maxsize=256)
def _parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    return tuple(signature(function).parameters)
