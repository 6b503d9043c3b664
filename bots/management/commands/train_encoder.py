"""`train_encoder [FILE…]`: a small sentence encoder from the shop's own wordings."""

from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress

from bots.messages import Sender
from bots.models import Message
from kb.encoders.choosing import LANGUAGE, folder
from kb.encoders.training.making import TooFewError, make_encoder
from kb.encoders.training.pairs import BadLineError, read_groups
from kb.encoders.training.plan import Plan
from kb.wordings import answers, wordings

# A talk rated no better than this may have been answered wrongly.
BAD = 2


class Command(BaseCommand):
    help = (
        "Trains a small sentence encoder on the FAQs' wordings, on shoppers' questions"
        ' that they answered, and on FILES with a line {"texts": [...]} for each'
        " group of texts that mean the same. Running processes use it when restarted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path)
        parser.add_argument("--language", default="zh")
        parser.add_argument("--minutes", type=float, default=Plan.minutes)
        parser.add_argument("--epochs", type=int, default=Plan.epochs)
        parser.add_argument("--seed", type=int, default=Plan.seed)

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        # English has its packaged one.
        if language == "en" or not LANGUAGE.fullmatch(language):
            raise CommandError(_("None is trained for %(name)s.") % {"name": language})
        target = folder(Path(settings.MODELS_DIR), language)
        plan = Plan(
            epochs=options["epochs"], minutes=options["minutes"], seed=options["seed"]
        )
        try:
            groups = _groups(options["files"], language)
            pairs = _with_progress(groups, target, language, plan)
        except (OSError, BadLineError) as error:
            raise CommandError(str(error)) from error
        except TooFewError as error:
            raise CommandError(
                _("Too little to learn from: %(count)s pairs.") % {"count": error}
            ) from error
        self.stdout.write(_("trained on %(count)d pairs") % {"count": pairs})


def _groups(files: list[Path], language: str) -> list[list[str]]:
    known, asked = wordings(language), _asked(language)
    own = [texts + asked.get(pk, []) for pk, texts in known.items()]
    return own + [group for file in files for group in read_groups(file)]


def _asked(language: str) -> dict[int, list[str]]:
    """By entry, what shoppers said right before its answer was given to them."""
    entries, found = answers(language), defaultdict[int, list[str]](list)
    lines = (
        Message.objects.filter(seq__isnull=False)
        .exclude(conversation__feedback__rating__lte=BAD)
        .order_by("conversation_id", "seq")
        .values_list("conversation_id", "sender", "text")
    )
    last: tuple[int, str] = (0, "")
    for conversation, sender, text in lines.iterator():
        if sender == Sender.SHOPPER:
            last = conversation, text.strip()
        elif text in entries and last[0] == conversation and last[1]:
            found[entries[text]].append(last[1])
    return found


def _with_progress(
    groups: list[list[str]], target: Path, language: str, plan: Plan
) -> int:
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=1.0)

        def show(share: float, loss: float) -> None:
            bar.update(task, completed=share, description=f"{loss:.3f}")

        return make_encoder(groups, target, language, plan, show)
