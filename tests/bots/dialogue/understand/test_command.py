"""`understand --jsonl`: one answer a line, whatever the line."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def _run(monkeypatch: pytest.MonkeyPatch, *lines: str) -> list[dict[str, Any]]:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    written = io.StringIO()
    call_command("understand", "--jsonl", stdout=written)
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_message_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    line = json.dumps({"text": "where is my order", "at": "2026-11-06T10:00:00+08:00"})

    (found,) = _run(monkeypatch, line)

    assert list(found) == ["language", "sentiment", "intents", "slots"]
    assert found["intents"][0]["name"] == "order_status"


def test_the_history_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    history = [
        {"sender": "shopper", "text": "cancel my order"},
        {"sender": "bot", "text": "What is the order number?"},
    ]

    (found,) = _run(monkeypatch, json.dumps({"text": "100123", "history": history}))

    assert found["intents"][0]["name"] == "order_cancel"
    assert found["slots"]["order_id"] == "100123"


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[1]",
        "{}",
        '{"text": 5}',
        '{"text": "a", "at": "yesterday"}',
        '{"text": "a", "at": 5}',
        '{"text": "a", "history": [{"sender": "cat", "text": "a"}]}',
        '{"text": "a", "history": "b"}',
        "[" * 5000,
    ],
)
def test_a_line_that_is_not_valid_gets_an_error(
    monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    wrong, right = _run(monkeypatch, line, '{"text": "hello"}')

    assert list(wrong) == ["error"]
    assert right["intents"][0]["name"] == "greet"
