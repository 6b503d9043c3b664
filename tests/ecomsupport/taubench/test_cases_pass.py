"""A part of each file, spread over it; the command runs all."""

import json
from pathlib import Path

import pytest

from ecomsupport import taubench
from ecomsupport.taubench.state import dump

pytestmark = pytest.mark.django_db

START = "aee459fa8afb9d7dc2e5bf10334104215da4c60524223e53f5eab27e1e56116d"


def test_import_loses_nothing(bench: taubench.Bench) -> None:
    assert bench.start.sha256() == START


@pytest.mark.timeout(600)
def test_tasks_pass(bench: taubench.Bench, data: Path) -> None:
    tasks = taubench.read_tasks(data, "replay_dev.jsonl")[::6]
    assert tasks
    assert [case.id for case in tasks if bench.failure(case)] == []


@pytest.mark.timeout(600)
def test_bad_calls_pass(bench: taubench.Bench, data: Path) -> None:
    calls = taubench.read_bad_calls(data, "badcalls_dev.jsonl")[::4]
    assert calls
    assert [case.id for case in calls if bench.failure(case)] == []


def test_cases_leave_the_shop_alone(bench: taubench.Bench, data: Path) -> None:
    for case in taubench.read_tasks(data, "replay_dev.jsonl")[:3]:
        bench.failure(case)
    assert dump() == bench.start


def test_every_tool_of_the_files_is_known(bench: taubench.Bench, data: Path) -> None:
    lines = (data / "badcalls_dev.jsonl").read_text().splitlines()
    named = {json.loads(line)["call"]["name"] for line in lines}
    assert named
    assert named <= taubench.TOOLS.keys()
