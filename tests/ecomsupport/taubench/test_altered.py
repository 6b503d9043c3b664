"""A case that is altered anywhere that counts must fail."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from ecomsupport import taubench
from ecomsupport.taubench.cases import BadCall, Kind, Task, Unreadable, parse

from .conftest import Cases

pytestmark = pytest.mark.django_db

Json = dict[str, Any]
Alter = Callable[[Json], object]
HASH = "expected_state_sha256"


def _first_order(case: Json) -> Json:
    orders = case["expected_delta"]["orders"]
    order: Json = next(iter(orders.values()))
    return order


def _other_amount(case: Json) -> None:
    _first_order(case)["payments"][0][1] += 1


def _lost_order(case: Json) -> None:
    case["expected_delta"]["orders"].popitem()


def _untouched_user(case: Json) -> None:
    case["expected_delta"]["users"]["nobody_1"] = {}


def _refused(case: Json) -> None:
    case["actions"][-1] |= {"expect": "refused", "error": "order_not_pending"}


def _extra_action(case: Json) -> None:
    case["actions"].append(case["actions"][0])


EXTRA_FIELD: Alter = lambda case: _first_order(case).update(note="")  # noqa: E731

TASKS: dict[str, Alter] = {
    "hash": lambda case: case.update({HASH: "0" * 64}),
    "amount": _other_amount,
    "order left out": _lost_order,
    "user too many": _untouched_user,
    "field too many": EXTRA_FIELD,
    "verdict": _refused,
    "action dropped": lambda case: case["actions"].pop(),
    "action added": _extra_action,
    "other actor": lambda case: case.update(acting_user="mei_patel_7272"),
    "no such actor": lambda case: case.update(acting_user="nobody_1"),
    "nobody": lambda case: case.update(acting_user=None),
    "unknown tool": lambda case: case["actions"][0].update(name="refund_all"),
    "argument too many": lambda case: case["actions"][0]["kwargs"].update(force=True),
    "result": lambda case: case["actions"][0].update(result="12"),
    "error of a success": lambda case: case["actions"][0].update(
        error="malformed_call"
    ),
    "no delta": lambda case: case.pop("expected_delta"),
    "no hash": lambda case: case.pop(HASH),
    "no actor": lambda case: case.pop("acting_user"),
}

REFUSED: dict[str, Alter] = {
    "class": lambda action: action.update(error="order_not_found"),
    "verdict": lambda action: (action.update(expect="ok"), action.pop("error")),
    "no class": lambda action: action.pop("error"),
    "result": lambda action: action.update(result="done"),
}

CALLS: dict[str, Alter] = {
    "hash": lambda case: case.update({HASH: "0" * 64}),
    "classes": lambda case: case.update(
        error="bad_expression", any_of=["bad_expression"]
    ),
    "error outside": lambda case: case.update(error="bad_expression"),
    "no class": lambda case: case.update(any_of=[]),
    "good call": lambda case: case.update(call=case["good_twin"]["call"]),
    "bad setup": lambda case: case.update(setup=[case["call"]]),
    "delta": lambda case: case["expected_delta"]["users"].update(nobody_1={}),
    "twin's hash": lambda case: case["good_twin"].update({HASH: "0" * 64}),
    "twin's call": lambda case: case["good_twin"].update(call=case["call"]),
    "twin's setup": lambda case: case["good_twin"].update(setup=[case["call"]]),
    "twin's result": lambda case: case["good_twin"].update(result="12"),
    "twin's delta": lambda case: case["good_twin"].update(
        expected_delta={"orders": {}, "users": {}}
    ),
}


def _why(bench: taubench.Bench, case: Json, kind: Kind) -> str:
    return bench.failure(parse(json.dumps(case).encode(), "line 1", kind))


@pytest.mark.parametrize("alter", TASKS.values(), ids=TASKS.keys())
def test_altered_task_fails(bench: taubench.Bench, cases: Cases, alter: Alter) -> None:
    case = cases("replay_dev.jsonl")[0]
    assert _why(bench, case, Task) == ""
    alter(case)
    assert _why(bench, case, Task)


@pytest.mark.parametrize("alter", REFUSED.values(), ids=REFUSED.keys())
def test_altered_refusal_fails(
    bench: taubench.Bench, cases: Cases, alter: Alter
) -> None:
    tagged = (c for c in cases("replay_dev.jsonl") if "refused_write" in c["tags"])
    case = next(tagged)
    assert _why(bench, case, Task) == ""
    alter(next(one for one in case["actions"] if one["expect"] == "refused"))
    assert _why(bench, case, Task)


@pytest.mark.parametrize("alter", CALLS.values(), ids=CALLS.keys())
def test_altered_bad_call_fails(
    bench: taubench.Bench, cases: Cases, alter: Alter
) -> None:
    case = copy.deepcopy(cases("badcalls_dev.jsonl")[0])
    assert _why(bench, case, BadCall) == ""
    alter(case)
    assert _why(bench, case, BadCall)


@pytest.mark.parametrize("result", ["10.51", "ten", None, "", "10.504", [10.5]])
def test_wrong_sum_fails(bench: taubench.Bench, cases: Cases, result: object) -> None:
    lines = cases("badcalls_dev.jsonl")
    case = next(c for c in lines if c["group"] == "calculate/bad")
    assert _why(bench, case, BadCall) == ""
    case["good_twin"]["result"] = result
    assert _why(bench, case, BadCall)


@pytest.mark.parametrize("result", ["10.5", "10.50", 10.5])
def test_sum_is_compared_as_number(
    bench: taubench.Bench, cases: Cases, result: object
) -> None:
    lines = cases("badcalls_dev.jsonl")
    case = next(c for c in lines if c["group"] == "calculate/bad")
    case["good_twin"]["result"] = result
    assert _why(bench, case, BadCall) == ""


def test_line_that_is_no_json_fails(bench: taubench.Bench) -> None:
    unreadable = parse(b"{", "line 7", Task)
    assert isinstance(unreadable, Unreadable)
    assert bench.failure(unreadable)
