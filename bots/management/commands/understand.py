"""`understand --jsonl`: what messages mean, one JSON object a line in and out."""

import json
import sys
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from bots.dialogue.turn import Utterance
from bots.dialogue.understand import prepare, understand


class Command(BaseCommand):
    help = "Say what messages mean: JSON lines from standard input to standard output."
    # Nothing here depends on what the checks look at, and they take seconds.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jsonl", action="store_true", help="JSON lines (always)")

    def handle(self, *args: Any, **options: Any) -> None:
        prepare()
        for line in sys.stdin:
            if line.strip():
                self.stdout.write(json.dumps(answer(line), ensure_ascii=False))
                self.stdout.flush()


class LineError(Exception):
    """A line that is no message; the text says what is wrong with it."""


def answer(line: str) -> dict[str, Any]:
    """Return what the message in `line` means, or why the line is not valid."""
    try:
        utterance = parse(json.loads(line))
    except (LineError, ValueError, RecursionError) as error:
        return {"error": str(error) or type(error).__name__}
    return understand(utterance).as_json()


def parse(given: Any) -> Utterance:
    """Return the utterance; raise LineError or ValueError where there is none."""
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise LineError('an object with a string "text" is needed')
    return Utterance(
        text=given["text"],
        at=_moment(given.get("at")),
        history=_history(given.get("history")),
        expecting=_optional(given, "expecting"),
        language=_optional(given, "language"),
    )


def _optional(given: dict[str, Any], key: str) -> str:
    value = given.get(key) or ""
    if not isinstance(value, str):
        raise LineError(f'"{key}" must be a string')
    return value


def _moment(given: Any) -> datetime:
    if given is None:
        return timezone.localtime()
    if not isinstance(given, str):
        raise LineError('"at" must be an ISO time')
    moment = datetime.fromisoformat(given)
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _history(given: Any) -> tuple[tuple[str, str], ...]:
    if given is None:
        return ()
    if not isinstance(given, list) or not all(map(_is_said, given)):
        raise LineError('"history" must be a list of {"sender", "text"}')
    return tuple((item["sender"], item["text"]) for item in given)


def _is_said(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and item.get("sender") in ("shopper", "bot", "agent", "system")
        and isinstance(item.get("text"), str)
    )
