"""`install_encoder`: makes the packaged English encoder ready to run."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from kb.encoders.choosing import folder
from kb.encoders.install import install, installed
from kb.encoders.packaged import StrangeWeightsError, packaged


class Command(BaseCommand):
    help = "Exports the packaged English sentence encoder. Safe to repeat, offline."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        target = folder(Path(settings.MODELS_DIR), "en")
        if installed(target):
            self.stdout.write(_("The English encoder is ready."))
            return
        try:
            source = packaged()
        except StrangeWeightsError as error:
            raise CommandError(
                _("The encoder's weights are not the published ones: %(found)s")
                % {"found": error}
            ) from error
        if source is None:
            self.stdout.write(_("The English encoder's package is not installed."))
            return
        self.stdout.write(_("Making the English encoder ready (a few seconds)…"))
        install(source, target)
        self.stdout.write(_("The English encoder is ready."))
