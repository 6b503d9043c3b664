"""`train_understanding [FILE…]`: an understanding that knows the shop's corrections."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from bots.dialogue.understand import versions
from bots.dialogue.understand.definitions import INTENTS
from bots.learning import training
from bots.learning.comparing import Comparison
from bots.models import Correction, TrainedModel


class Command(BaseCommand):
    help = (
        "Train understanding with the corrections that staff made, and with those in"
        ' FILES (lines {"text", "language", "intent"}), and show old and new side by'
        " side. Nothing changes for shoppers before --use or the console's button."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--use", metavar="NAME", help="put a version into use")
        parser.add_argument(
            "--back", action="store_true", help="go back to what was in use before"
        )
        parser.add_argument("--list", action="store_true", help="list the versions")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self._list()
        elif options["back"]:
            self._say_used(versions.back())
        elif options["use"]:
            self._use(options["use"])
        else:
            self._train(options["files"])

    def _list(self) -> None:
        used = versions.in_use()
        for one in TrainedModel.objects.order_by("started_at"):
            mark = "*" if one.name == used else " "
            self.stdout.write(
                f"{mark} {one.name}  {one.status}  {one.corrections} corrections"
            )

    def _use(self, name: str) -> None:
        try:
            versions.use(name)
        except ValueError as error:
            raise CommandError(_("There is no version “%s”.") % name) from error
        self._say_used(name)

    def _say_used(self, name: str) -> None:
        self.stdout.write(_("%s is in use.") % (name or _("The shipped one")))

    def _train(self, files: list[Path]) -> None:
        # All lines are read before one is kept.
        for correction in list(_read(files)):
            Correction.objects.get_or_create(
                text=correction.text,
                language=correction.language,
                defaults={"intent": correction.intent},
            )
        try:
            trained = training.begin(timezone.now())
        except training.BusyError:
            raise CommandError(_("Another training is under way.")) from None
        except training.NothingLearntError:
            raise CommandError(_("There is no correction to learn from yet.")) from None
        training.carry_out(trained)
        if trained.status == TrainedModel.Status.FAILED:
            raise CommandError(trained.error)
        for language, comparison in trained.report.items():
            self._compare(language, comparison)
        self.stdout.write(f"{trained.name}: {trained.seconds} s")

    def _compare(self, language: str, row: Comparison) -> None:
        self.stdout.write(
            f"{language}: {row['corrections']} corrections not learnt from,"
            f" right: old {row['old_right']}, new {row['new_right']};"
            f" {row['messages']} messages, {row['differing']} read differently"
        )
        for one in row["differences"]:
            self.stdout.write(f"  {one['old']} → {one['new']}  {one['text']}")


def _read(files: list[Path]) -> Iterator[Correction]:
    """Yield what the lines say; raise CommandError for one that says nothing."""
    for file in files:
        try:
            lines = file.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield _parse(json.loads(line))
                except (ValueError, KeyError, TypeError) as error:
                    raise CommandError(f"{file.name}:{number}: {error!r}") from error


def _parse(given: Any) -> Correction:
    text, language, intent = (given[key] for key in ("text", "language", "intent"))
    if intent not in INTENTS:
        raise ValueError(intent)
    if language not in Correction.Language.values:
        raise ValueError(language)
    if not isinstance(text, str) or not 0 < len(text) <= 500:
        raise ValueError("text")
    return Correction(text=text, language=language, intent=intent)
