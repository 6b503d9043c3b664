"""Holds what a call or a case brought against what it must bring."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from ecomsupport.taubench import tools
from ecomsupport.taubench.cases import Call, Expected
from ecomsupport.taubench.refused import RefusedError
from ecomsupport.taubench.state import State, canonical, dump
from orders.acting import By

_HALF_A_CENT = Fraction(1, 200)
_SHOWN = 200


class FailedError(Exception):
    """The case did not end as it must; says why."""


def must_succeed(call: Call, by: By) -> None:
    """Make the call; raises FailedError if it is refused, or has another result."""
    try:
        result = tools.call(call.name, call.kwargs, by=by)
    except RefusedError as refusal:
        raise FailedError(f"{call.name} was refused: {refusal.error}") from refusal
    if "result" in call.model_fields_set and not same(result, call.result):
        raise FailedError(f"{call.name} answered {_shown(result)}")


def must_refuse(call: Call, classes: Sequence[str], by: By) -> None:
    """Make the call; raises FailedError unless one of these classes refuses it."""
    try:
        tools.call(call.name, call.kwargs, by=by)
    except RefusedError as refusal:
        if refusal.error not in classes:
            raise FailedError(f"{call.name} was refused: {refusal.error}") from refusal
        return
    raise FailedError(f"{call.name} was not refused")


def must_be(expected: Expected, start: State) -> None:
    """Dump the shop; raises FailedError unless delta and hash are as expected."""
    state = dump()
    changed = state.since(start)
    wanted = expected.expected_delta
    for kind, found, given in (
        ("order", changed.orders, wanted.orders),
        ("user", changed.users, wanted.users),
    ):
        for key in sorted(found.keys() | given.keys()):
            _compare(f"{kind} {key}", found.get(key), given.get(key))
    if state.sha256() != expected.expected_state_sha256:
        raise FailedError(f"the hash is {state.sha256()}")


def same(result: object, expected: object) -> bool:
    """Whether the result is the expected one; a sum's is compared as a number."""
    if isinstance(result, Fraction):
        return _rounds_to(result, expected)
    return canonical(result) == canonical(expected)


def _rounds_to(exact: Fraction, expected: object) -> bool:
    """Whether it is the sum to two places, whichever way half a cent goes."""
    try:
        number = Fraction(Decimal(str(expected)))
    except (InvalidOperation, ValueError, OverflowError):
        return False
    is_cents = (number * 100).denominator == 1
    return is_cents and abs(number - exact) <= _HALF_A_CENT


def _compare(name: str, found: Any, given: Any) -> None:
    if canonical(found) == canonical(given):
        return
    if found is None or given is None:
        raise FailedError(f"{name} {'was not' if found is None else 'was'} changed")
    if not isinstance(given, Mapping):
        raise FailedError(f"{name} is {_shown(found)}")
    for field in sorted(found.keys() | given.keys()):
        if canonical(found.get(field)) != canonical(given.get(field)):
            raise FailedError(f"{name}: {field} is {_shown(found.get(field))}")


def _shown(value: object) -> str:
    text = str(float(value)) if isinstance(value, Fraction) else canonical(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
