"""The app's name in Django, and the staff groups it makes after migrating."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BotsConfig(AppConfig):
    name = "bots"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        from bots import groups

        groups.connect(self)
