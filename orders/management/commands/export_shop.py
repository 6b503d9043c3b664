"""`manage.py export_shop DIR`: writes the shop's files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from orders.exporting import export_shop


class Command(BaseCommand):
    help = "Export customers, products, orders and cases as JSON Lines files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")

    def handle(self, *, directory: Path, **options: Any) -> None:
        try:
            counts = export_shop(directory)
        except OSError as error:
            raise CommandError(str(error)) from error
        for kind, lines in counts.items():
            self.stdout.write(
                _("%(kind)s: %(lines)d written") % {"kind": kind, "lines": lines}
            )
