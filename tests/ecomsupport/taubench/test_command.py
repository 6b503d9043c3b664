"""The command: its output, its exit status, and the input that it refuses."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from orders.models import Customer, Order, PolicyTerms
from tests import factories

from .conftest import Cases

pytestmark = pytest.mark.django_db


def _run(*arguments: object) -> tuple[int, list[str]]:
    out = StringIO()
    try:
        call_command("taubench", *map(str, arguments), stdout=out)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def test_failed_cases_are_told(data: Path, cases: Cases, tmp_path: Path) -> None:
    lines = cases("replay_dev.jsonl")[:3]
    lines[1]["expected_state_sha256"] = "0" * 64
    file = tmp_path / "tasks.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    code, said = _run(data, "--tasks", file)
    assert code == 1
    assert said[0].startswith(f"{lines[1]['id']}: ")
    assert said[1:] == ["2 passed, 1 failed"]


def test_passing_leaves_the_database_empty(
    data: Path, cases: Cases, tmp_path: Path
) -> None:
    file = tmp_path / "calls.jsonl"
    file.write_text(json.dumps(cases("badcalls_dev.jsonl")[0]) + "\n\n")
    for _ in range(2):
        assert _run(data, "--badcalls", file) == (0, ["1 passed, 0 failed"])
    left = [model.objects.count() for model in (Customer, Order, PolicyTerms)]
    assert left[:2] == [0, 0]


def test_full_database_is_refused(data: Path) -> None:
    order = factories.order()
    with pytest.raises(CommandError, match="empty"):
        _run(data, "--tasks", "replay_dev.jsonl")
    assert list(Order.objects.all()) == [order]


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_file_without_cases_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "tasks.jsonl"
    file.write_text(content)
    with pytest.raises(CommandError, match="no cases"):
        _run(tmp_path, "--tasks", "tasks.jsonl")


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nothing\.jsonl"):
        _run(tmp_path, "--tasks", "nothing.jsonl")


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"a": 1}', '{"a": {}}'])
def test_unfit_data_are_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "tasks.jsonl").write_text("{}")
    (tmp_path / "users.json").write_text(content)
    with pytest.raises(CommandError, match=r"users\.json"):
        _run(tmp_path, "--tasks", "tasks.jsonl")
    assert not Customer.objects.exists()
