"""`evaluate_spans`: products and reasons in our phrases, by rules and as learnt."""

from typing import Any

from django.core.management.base import BaseCommand

from bots.dialogue.understand.reader import LANGUAGES
from bots.evaluation.spans import table


class Command(BaseCommand):
    help = "Train on folds of the marked phrases, and print how many spans are found."

    def handle(self, *args: Any, **options: Any) -> None:
        for language in LANGUAGES:
            self.stdout.write(language)
            for line in table(language):
                self.stdout.write(f"  {line}")
