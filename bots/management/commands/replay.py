"""Run a stored turn again with the code of today, and print what has become different."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from bots import turns
from bots.dialogue import engine, trace
from bots.dialogue.differences import differences
from bots.dialogue.turn import Input, Outcome, Shopper, Understanding
from bots.messages import Sender
from bots.models import Message, TurnTrace
from orders.models import AuditEntry, Confirmation

# What is needed to take the turn again, and to compare it.
_NEEDED = frozenset({"language", "shopper", "before", "after", "replies"})
# Beside an understanding: what a model said to it, and staff's words that were heard.
_REMARKS = frozenset({"review", "watched"})

WRITTEN = (
    "Something of this customer's was changed in this turn or later: the shop's rows"
    " are those of now, and what was possible then may be refused."
)
OPINION = "A language model was asked what was meant; with --model it is asked again."


class Impossible(CommandError):  # noqa: N818 - said of the turn
    """The turn cannot be taken again: told apart from one that has become different."""

    def __init__(self, why: str) -> None:
        super().__init__(why, returncode=2)


class Command(BaseCommand):
    help = (
        "Run a turn again with the code of today: exit code 0 where nothing has become"
        " different, 1 where something has, 2 where it cannot be run."
        " Nothing is stored, nothing is sent."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("turn", type=int, help="the number of a turn in the admin")
        parser.add_argument(
            "--model", action="store_true", help="let the language model take part"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["model"] and settings.LLM_BACKEND == "none":
            raise Impossible("No language model is configured.")
        turn = _turn(options["turn"])
        given = _given(turn)
        self.stdout.write(f"Turn {turn.pk}, {timezone.localtime(given.at):%Y-%m-%d %X}")
        for line in (given.text or given.button).splitlines():
            self.stdout.write(f"> {line}")
        for remark in _remarks(turn, given.at, with_model=options["model"]):
            self.stdout.write(remark)
        before, shopper = turn.record["before"], Shopper(**turn.record["shopper"])
        understanding = engine.understand(given, before, alone=not options["model"])
        outcome = _respond(given, understanding, before, shopper)
        now = trace.record(given, shopper, before, outcome)
        understood = understanding.as_json() | understanding.remarks()
        if self.compare(_stored(turn), _parts(understood, outcome, now)):
            raise SystemExit(1)

    def compare(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
        """Print what differs, part by part; whether anything does."""
        differs = False
        for part, was in before.items():
            found = differences(was, after[part])
            differs = differs or bool(found)
            self.stdout.write(f"{part}: {'different' if found else 'same'}")
            for one in found:
                self.stdout.write(f"  {one.path}")
                self.lines("-", one.before)
                self.lines("+", one.after)
        return differs

    def lines(self, sign: str, value: Any) -> None:
        if value is None:
            return
        text = value if isinstance(value, str) else json.dumps(value)
        for line in text.splitlines():
            self.stdout.write(f"    {sign} {line}")


def _turn(number: int) -> TurnTrace:
    turn = TurnTrace.objects.select_related("conversation").filter(pk=number).first()
    if turn is None:
        raise Impossible(f"There is no turn {number}.")
    if not turn.record.keys() >= _NEEDED:
        raise Impossible("What is needed to run this turn again was not stored.")
    return turn


def _given(turn: TurnTrace) -> Input:
    said = list(
        Message.objects.filter(
            conversation=turn.conversation,
            sender=Sender.SHOPPER,
            seq__gte=turn.first_seq,
            seq__lte=turn.last_seq,
        ).order_by("seq")
    )
    if not said:
        raise Impossible("Its messages are not there any more.")
    return turns.as_input(turn.conversation, said, language=turn.record["language"])


def _remarks(turn: TurnTrace, since: datetime, *, with_model: bool) -> Iterator[str]:
    """Why it may differ though nothing has become worse."""
    known = turn.record["shopper"]["customer_id"]
    customer = turn.record.get("effects", {}).get("identified", known)
    later = AuditEntry.objects.filter(customer_id=customer, at__gte=since)
    if customer and later.exists():
        yield WRITTEN
    if turn.understanding.get("review") and not with_model:
        yield OPINION


def _respond(
    given: Input,
    understanding: Understanding,
    before: Mapping[str, Any],
    shopper: Shopper,
) -> Outcome:
    """Take the turn at its own time; whatever it does is rolled back."""
    frozen = mock.patch.object(timezone, "now", return_value=given.at)
    with transaction.atomic(), frozen:
        # What was confirmed in this turn or later has not been confirmed yet.
        Confirmation.objects.filter(
            token__in=_tokens(before), used_at__gte=given.at
        ).update(used_at=None)
        outcome = engine.respond(given, understanding, before, shopper)
        transaction.set_rollback(True)
    return outcome


def _stored(turn: TurnTrace) -> dict[str, Any]:
    record = turn.record
    return {
        "understanding": _understood(turn.understanding),
        "commands": turn.commands,
        **_said(record),
    }


def _parts(
    understood: Mapping[str, Any], outcome: Outcome, record: Mapping[str, Any]
) -> dict[str, Any]:
    """The same of what happens today; as the database would give it back."""
    today = {
        "understanding": _understood(understood),
        "commands": outcome.commands,
        **_said(record),
    }
    plain: dict[str, Any] = json.loads(json.dumps(today))
    return plain


def _understood(understanding: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in understanding.items() if k not in _REMARKS}


def _said(record: Mapping[str, Any]) -> dict[str, Any]:
    """Replies, effects and state; a confirmation has a token of its own each time."""
    parts = {
        "replies": record["replies"],
        "effects": record.get("effects", {}),
        "state after": record["after"],
    }
    text = json.dumps(parts)
    for place, token in enumerate(_tokens(record["after"])):
        text = text.replace(token, f"token {place}")
    told: dict[str, Any] = json.loads(text)
    return told


def _tokens(state: Mapping[str, Any]) -> list[str]:
    return [task["token"] for task in state.get("tasks", ()) if task.get("token")]
