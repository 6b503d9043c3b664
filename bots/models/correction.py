"""What staff say a message meant: training text of the shop's own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bots.models.conversation import Conversation


class Correction(models.Model):
    class Language(models.TextChoices):
        ZH = "zh", _("Chinese")
        EN = "en", _("English")

    text = models.CharField(
        _("message"),
        max_length=500,
        help_text=_("As it was said, without names, numbers and addresses."),
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    # One of the intents of `dialogue.understand.definitions`.
    intent = models.CharField(_("means"), max_length=32)
    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.SET_NULL,
        related_name="corrections",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("conversation"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-created_at"]
        constraints = [
            # Two people who differ must agree first.
            models.UniqueConstraint(
                fields=["language", "text"], name="correction_once_a_text"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
