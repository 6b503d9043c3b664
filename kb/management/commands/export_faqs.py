"""`export_faqs FILE`: all FAQs into a .csv or .jsonl file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress

from kb.exporting import FORMATS, export_faqs
from kb.models import Translation


class Command(BaseCommand):
    help = "Exports all FAQs to a .csv or .jsonl file, which import_faqs reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        if path.suffix.lower() not in FORMATS:
            raise CommandError(
                _("%(path)s: not a file of %(formats)s")
                % {"path": path, "formats": ", ".join(FORMATS)}
            )
        console = Console(stderr=True)
        try:
            with Progress(console=console, disable=not console.is_terminal) as progress:
                task = progress.add_task(path.name, total=Translation.objects.count())
                count = export_faqs(path, lambda: progress.advance(task))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        self.stdout.write(_("translations: %(count)d") % {"count": count})
