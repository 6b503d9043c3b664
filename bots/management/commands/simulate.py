"""Shoppers who are not there: talk to the engine, and count what became of it."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track

from bots.dialogue import understand
from bots.simulation import goals, running, table, trial
from bots.simulation.drawing.shop import Shop
from bots.simulation.goal import LANGUAGES, Goal
from bots.simulation.trial import Trial
from orders.models import Order


class Command(BaseCommand):
    help = (
        "Have simulated shoppers pursue goals drawn from the shop's data, and print "
        "pass^1 and pass^k by skill. Nothing that they do stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--goals", type=int, default=500)
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--passes", type=int, default=4, help="tries a goal")
        parser.add_argument("--skill", choices=goals.SKILLS, default="")
        parser.add_argument("--language", choices=LANGUAGES, default="")
        parser.add_argument("--replay", metavar="ID", help="show the talk of a failure")
        parser.add_argument("--jobs", type=int, default=1, help="processes")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Order.objects.exists():
            raise CommandError(
                "There is no shop in this database. Load one first: `manage.py demo` "
                "loads the demo shop, `manage.py import_shop DIR` your own."
            )
        understand.prepare()
        if options["replay"]:
            self._replay(options["replay"], options["seed"], options["passes"])
        else:
            self._measure(options)

    def _measure(self, options: dict[str, Any]) -> None:
        drawn = goals.draw(
            Shop(),
            options["goals"],
            seed=options["seed"],
            skill=options["skill"],
            language=options["language"],
        )
        if not drawn:
            raise CommandError("This shop has nothing that such a goal could be about.")
        trials = sorted(_shown(drawn, options), key=lambda trial: trial.id)
        for line in table.failures(trials):
            self.stdout.write(line)
        for line in table.lines(trials, options["passes"]):
            self.stdout.write(line)

    def _replay(self, id_: str, seed: int, passes: int) -> None:
        goal_id, _, number = id_.partition(".")
        try:
            goal = goals.by_id(Shop(), goal_id, seed=seed)
            numbers = [int(number)] if number else range(passes)
        except ValueError as error:
            raise CommandError(f"No such goal: {id_}") from error
        for one in numbers:
            for line in table.replay(trial.run(goal, one, seed=seed)):
                self.stdout.write(line)


def _shown(drawn: Sequence[Goal], options: dict[str, Any]) -> Iterator[Trial]:
    console = Console(stderr=True)
    yield from track(
        running.every(
            drawn, options["passes"], seed=options["seed"], jobs=options["jobs"]
        ),
        "talks",
        total=len(drawn) * options["passes"],
        console=console,
        # Only for eyes.
        disable=not console.is_terminal,
    )
