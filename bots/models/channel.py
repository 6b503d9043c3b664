"""An account on a platform, or a place on the shop's own pages."""

import secrets

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.secret import SecretField


def new_secret() -> str:
    return secrets.token_urlsafe(32)


class Channel(models.Model):
    class Kind(models.TextChoices):
        CONSOLE = "console", _("console")
        WEB = "web", _("web chat")
        TELEGRAM = "telegram", "Telegram"

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    active = models.BooleanField(_("active"), default=True)
    # Telegram: the bot's token.
    token = SecretField(_("token"), blank=True, default="")
    # Telegram: comes back in every webhook call. Web: key of the customer hash.
    secret = SecretField(_("secret"), default=new_secret)
    api_url = models.CharField(
        _("API address"),
        max_length=200,
        blank=True,
        validators=[URLValidator(["http", "https"])],
    )

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name
