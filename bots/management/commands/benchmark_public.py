"""`benchmark_public DIR`: ours beside plain and recorded systems on the public sets."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bots.evaluation.public import tables


class Command(BaseCommand):
    help = "Train on the public sets in DIR and print tables beside other systems."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--only", action="append", metavar="NAME", default=[])

    def handle(self, *args: Any, **options: Any) -> None:
        found = tables(options["folder"], Path(settings.MODELS_DIR) / "public")
        unknown = set(options["only"]) - set(found)
        if unknown or not found:
            known = ", ".join(found) or "none"
            raise CommandError(f"no such set there; the sets there: {known}")
        for name, lines in found.items():
            if not options["only"] or name in options["only"]:
                started = time.monotonic()
                self.stdout.write(f"\n{name}")
                for line in lines():
                    self.stdout.write(f"  {line}")
                    self.stdout.flush()
                self.stdout.write(f"  ({time.monotonic() - started:.0f} s)")
