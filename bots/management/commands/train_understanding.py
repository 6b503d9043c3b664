"""`train_understanding [FILE…]`: an understanding that knows the shop's corrections."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress as Bar

from bots.dialogue.understand import store, versions
from bots.dialogue.understand.definitions import INTENTS
from bots.dialogue.understand.reader import LANGUAGES
from bots.finetuning import Plan, Progress, finetune, gather
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
        parser.add_argument(
            "--encoder",
            metavar="NAME-OR-FOLDER",
            default="",
            help="fine-tune an encoder of transformers in place of the linear models",
        )
        parser.add_argument(
            "--language", choices=LANGUAGES, help="which an encoder is for; else all"
        )
        parser.add_argument("--epochs", type=int, default=Plan.epochs)
        parser.add_argument("--batch", type=int, default=Plan.batch)
        parser.add_argument("--seed", type=int, default=Plan.seed)
        parser.add_argument(
            "--resume", action="store_true", help="go on with an encoder's training"
        )
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
            self._train(options)

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

    def _train(self, options: dict[str, Any]) -> None:
        encoder = options["encoder"]
        if options["resume"] and not encoder:
            raise CommandError(_("Say which --encoder is to be resumed."))
        # All lines are read before one is kept.
        for correction in list(_read(options["files"])):
            Correction.objects.get_or_create(
                text=correction.text,
                language=correction.language,
                defaults={"intent": correction.intent},
            )
        try:
            trained = (
                training.resume(encoder)
                if options["resume"]
                else training.begin(timezone.now(), encoder=encoder)
            )
        except training.BusyError:
            raise CommandError(_("Another training is under way.")) from None
        except training.NothingToResumeError:
            raise CommandError(_("There is nothing to go on with.")) from None
        except training.NothingLearntError:
            raise CommandError(_("There is no correction to learn from yet.")) from None
        learn = training.learn_linear if not encoder else self._learn(encoder, options)
        training.carry_out(trained, learn)
        if trained.status == TrainedModel.Status.FAILED:
            raise CommandError(trained.error)
        for language, comparison in trained.report.items():
            self._compare(language, comparison)
        self.stdout.write(f"{trained.name}: {trained.seconds} s")

    def _learn(self, encoder: str, options: dict[str, Any]) -> training.Learn:
        chosen = (options["language"],) if options["language"] else LANGUAGES
        plan = Plan(
            languages=chosen,
            epochs=options["epochs"],
            batch=options["batch"],
            seed=options["seed"],
            resume=options["resume"],
        )

        def learn(
            name: str, known: Mapping[str, Sequence[Correction]]
        ) -> training.Tried:
            given = [
                (one.intent, one.text)
                for language in chosen
                for one in known.get(language, ())
            ]
            rows = gather(given, chosen)
            with _progress() as show:
                figures = finetune(encoder, rows, store.network_path(name), plan, show)
            self.stdout.write(
                f"{figures.learnt} learnt, {figures.held} held out:"
                f" {figures.right:.1%} right, slots F1 {figures.slots:.3f}"
            )
            # A language that the encoder does not read keeps its linear classifier.
            others = {k: own for k, own in known.items() if k not in chosen}
            return training.learn_linear(name, others)

        return learn

    def _compare(self, language: str, row: Comparison) -> None:
        self.stdout.write(
            f"{language}: {row['corrections']} corrections not learnt from,"
            f" right: old {row['old_right']}, new {row['new_right']};"
            f" {row['messages']} messages, {row['differing']} read differently"
        )
        for one in row["differences"]:
            self.stdout.write(f"  {one['old']} → {one['new']}  {one['text']}")


@contextmanager
def _progress() -> Iterator[Progress]:
    console = Console(stderr=True)
    with Bar(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=1.0)

        def show(share: float, loss: float) -> None:
            bar.update(task, completed=share, description=f"{loss:.3f}")

        yield show


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
