"""One talk towards one goal; everything that it did is rolled back."""

import random
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from bots.simulation import checker, evidence, snapshot
from bots.simulation.checker import Finding
from bots.simulation.console import Console, Reply
from bots.simulation.goal import Goal
from bots.simulation.shopper import Shopper
from bots.simulation.voice import Move
from orders.models import Customer

# A shopper who is not through by then gives up.
MOST_TURNS = 16


@dataclass(frozen=True, kw_only=True)
class Trial:
    id: str
    skill: str
    goal: str
    turns: int
    finding: Finding
    # What was said: ("shopper" or "bot", text).
    talk: tuple[tuple[str, str], ...]

    @property
    def passed(self) -> bool:
        return not (self.finding.lacks or self.finding.violations)


def run(goal: Goal, number: int, *, seed: int) -> Trial:
    """The `number`-th independent try: another draw of wording, slips and asides."""
    rng = random.Random(f"{seed}:{goal.id}:{number}")
    with transaction.atomic():
        found, talk = _talk(goal, rng)
        transaction.set_rollback(True)
    return Trial(
        id=f"{goal.id}.{number}",
        skill=goal.skill,
        goal=goal.id,
        turns=sum(sender == "shopper" for sender, _ in talk),
        finding=found,
        talk=tuple(talk),
    )


def _talk(goal: Goal, rng: random.Random) -> tuple[Finding, list[tuple[str, str]]]:
    now, before = timezone.now(), snapshot.take()
    newest = evidence.newest_audit()
    customer = Customer.objects.get(ref=goal.customer) if goal.known else None
    console, shopper = Console.open(customer), Shopper(goal, rng)
    talk: list[tuple[str, str]] = []
    move: Move | None = shopper.opens()
    for _ in range(MOST_TURNS):
        if move is None:
            break
        reply = _does(console, move)
        talk += [("shopper", _said(move)), *(("bot", one) for one in _shown(reply))]
        # A person has the talk: nobody here answers any more.
        move = shopper.answers(reply) if reply.texts else None
    seen = evidence.Evidence.collect(
        console.conversation.pk, before, now=now, newest_audit=newest
    )
    return checker.judge(goal, seen, shopper.agreed), talk


def _does(console: Console, move: Move) -> Reply:
    return console.press(*move.button) if move.button else console.say(*move.texts)


def _said(move: Move) -> str:
    return f"[{move.button[0]}]" if move.button else " ⏎ ".join(move.texts)


def _shown(reply: Reply) -> list[str]:
    labels = " ".join(f"[{label}]" for label, _ in reply.buttons)
    return [*reply.texts, *([labels] if labels else [])]
