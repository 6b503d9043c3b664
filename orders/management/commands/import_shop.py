"""`manage.py import_shop DIR [--dry-run]`: takes a shop's files in."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from orders.importing import NoFilesError, Tally, Watch, import_shop


class Command(BaseCommand):
    help = "Import customers, products, orders and cases from JSON Lines files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")
        parser.add_argument(
            "--dry-run", action="store_true", help="check everything, write nothing"
        )

    def handle(self, *, directory: Path, dry_run: bool, **options: Any) -> None:
        if not directory.is_dir():
            raise CommandError(_("%(path)s is no directory") % {"path": directory})
        try:
            with _bars(directory) as watch:
                tallies = import_shop(directory, dry_run=dry_run, watch=watch)
        except (NoFilesError, OSError) as error:
            raise CommandError(str(error)) from error
        self._report(tallies)

    def _report(self, tallies: list[Tally]) -> None:
        for tally in tallies:
            self.stdout.write(tally.summary)
        for tally in tallies:
            for key, lines in tally.unread.items():
                self.stdout.write(
                    _(
                        "%(file)s: “%(key)s” is not part of the format (lines: %(lines)d)"
                    )
                    % {"file": tally.file, "key": key, "lines": lines}
                )
        rejected = [rejection for tally in tallies for rejection in tally.rejected]
        for rejection in rejected:
            self.stdout.write(str(rejection))
        if rejected:
            raise CommandError(
                _("%(lines)d lines were rejected") % {"lines": len(rejected)}
            )


@contextmanager
def _bars(directory: Path) -> Iterator[Watch]:
    """Show a bar a file, by bytes; nothing where nobody looks at a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(
        *columns,
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as progress:
        tasks = {
            path.name: progress.add_task(path.name, total=path.stat().st_size)
            for path in directory.glob("*.jsonl")
        }
        yield lambda name, size: progress.advance(tasks[name], size)
