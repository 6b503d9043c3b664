"""`import_faqs FILE`: FAQs from a .csv or .jsonl file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress

from kb.importing import Report, import_faqs
from kb.reading import FORMATS


class Command(BaseCommand):
    help = "Imports FAQs from a .csv or .jsonl file. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        if path.suffix.lower() not in FORMATS:
            raise CommandError(
                _("%(path)s: not a file of %(formats)s")
                % {"path": path, "formats": ", ".join(FORMATS)}
            )
        try:
            report = _with_progress(path)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        self.stdout.write(_("faqs: %(count)d") % {"count": report.faqs})
        self.stdout.write(_("translations: %(count)d") % {"count": report.translations})
        for number, reason in report.rejected:
            self.stdout.write(f"{path}:{number}: {reason}")
        if report.rejected:
            sys.exit(1)


def _with_progress(path: Path) -> Report:
    # On standard error, and only for eyes: what is printed stays readable by programs.
    console = Console(stderr=True)
    size = path.stat().st_size
    with Progress(console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(path.name, total=size)
        return import_faqs(path, lambda done: progress.update(task, completed=done))
