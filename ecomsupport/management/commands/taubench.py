"""`manage.py taubench DIR --tasks FILE` or `--badcalls FILE`: tau-bench's retail cases."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import track

from ecomsupport import taubench


class Command(BaseCommand):
    help = (
        "Run tau-bench's retail cases on an empty, migrated database, "
        "which is empty again afterwards."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")
        cases = parser.add_mutually_exclusive_group(required=True)
        cases.add_argument("--tasks", metavar="FILE", help="in DIR, or a path")
        cases.add_argument("--badcalls", metavar="FILE", help="in DIR, or a path")

    def handle(
        self,
        *,
        directory: Path,
        tasks: str | None,
        badcalls: str | None,
        **options: Any,
    ) -> None:
        try:
            if tasks is not None:
                cases = taubench.read_tasks(directory, tasks)
            else:
                cases = taubench.read_bad_calls(directory, badcalls or "")
            with taubench.shop(directory, at=timezone.now()) as bench:
                failures = list(self._failures(bench, cases))
        except taubench.BenchError as error:
            raise CommandError(str(error)) from error
        for line in failures:
            self.stdout.write(line)
        passed = len(cases) - len(failures)
        self.stdout.write(f"{passed} passed, {len(failures)} failed")
        if failures:
            sys.exit(1)

    def _failures(
        self, bench: taubench.Bench, cases: Sequence[taubench.AnyCase]
    ) -> Iterator[str]:
        # On standard error, and only for eyes.
        console = Console(stderr=True)
        hidden = not console.is_terminal
        for case in track(cases, "cases", console=console, disable=hidden):
            failure = bench.failure(case)
            if failure:
                yield f"{case.id}: {failure}"
