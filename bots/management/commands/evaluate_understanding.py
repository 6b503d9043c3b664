"""`evaluate_understanding FILE…`: how much of labelled messages is understood."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bots.dialogue.understand import prepare
from bots.evaluation.gold import GoldError, Heard, hear, read_lines
from bots.evaluation.plots import draw
from bots.evaluation.report import Report, report
from bots.evaluation.scores import coverage

# For these less is better.
_AT_MOST = frozenset({"ece", "called_negative"})
_ANSWERED = (0.5, 0.7, 0.8, 0.9, 1.0)


class Command(BaseCommand):
    help = "Measure understanding on labelled messages (JSON lines), by language."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--plots", type=Path, metavar="DIR", help="write PNG files")
        parser.add_argument(
            "--floor",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="fail where a figure is worse, e.g. accuracy=0.9, zh.ece=0.05",
        )
        parser.add_argument("--wrong", action="store_true", help="list what is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        floors = [_floor(told) for told in options["floor"]]
        prepare()
        try:
            heard = hear(read_lines(options["files"]))
        except (GoldError, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        reports = {}
        for language in sorted({one.line.language for one in heard}):
            own = [one for one in heard if one.line.language == language]
            reports[language] = report(own)
            self._print(language, reports[language])
            if options["wrong"]:
                self._list(own)
            if options["plots"]:
                draw(reports[language], language, options["plots"])
        missed = list(_missed(floors, reports))
        if missed:
            raise CommandError("\n".join(missed))

    def _print(self, language: str, found: Report) -> None:
        self.stdout.write(f"\n{language}")
        for name, value in found.figures.items():
            self.stdout.write(f"  {name:18}{value:8.4g}")
        self.stdout.write("  intent                     F1   of")
        for intent, (score, count) in found.intents.items():
            self.stdout.write(f"  {intent:24}{score:5.2f}{count:5}")
        self.stdout.write("  answered   wrong   from confidence")
        curve = coverage(found.sure, found.right)
        for share in _ANSWERED:
            at = next((row for row in curve if row[0] >= share), None)
            if at:
                self.stdout.write(f"  {at[0]:8.2f}{at[1]:8.3f}{at[2]:8.2f}")
        for (wanted, best), count in found.mistaken.most_common(10):
            self.stdout.write(f"  {count} × {wanted} taken for {best}")

    def _list(self, heard: list[Heard]) -> None:
        for one in heard:
            if one.line.intents and not one.is_right:
                wanted = " + ".join("|".join(sorted(e)) for e in one.line.intents)
                best = one.found.first
                said = (
                    f"  {one.line.text} | {wanted} | {best.name} {best.confidence:.2f}"
                )
                self.stdout.write(said)


def _floor(told: str) -> tuple[str, str, float]:
    name, _, value = told.partition("=")
    language, _, figure = name.rpartition(".")
    try:
        return language, figure, float(value)
    except ValueError:
        raise CommandError(f"--floor {told}: NAME=VALUE is needed") from None


def _missed(
    floors: list[tuple[str, str, float]], reports: dict[str, Report]
) -> Iterator[str]:
    for only, figure, needed in floors:
        for language, found in reports.items():
            if only and only != language:
                continue
            if figure not in found.figures:
                raise CommandError(f"no figure is called {figure}")
            value = found.figures[figure]
            if value > needed if figure in _AT_MOST else value < needed:
                yield f"{language}: {figure} is {value:.4f}, needed {needed}"
