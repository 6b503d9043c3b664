"""A version of understanding that was trained with a shop's own corrections."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TrainedModel(models.Model):
    class Status(models.TextChoices):
        TRAINING = "training", _("being trained")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    # The folder of MODELS_DIR that holds it.
    name = models.CharField(_("name"), max_length=80, unique=True)
    # What a network was fine-tuned from; "" for the linear classifiers.
    encoder = models.CharField(_("encoder"), max_length=500, blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=Status, default=Status.TRAINING
    )
    started_at = models.DateTimeField(_("started"))
    seconds = models.FloatField(_("took (s)"), null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        verbose_name=_("by"),
    )
    corrections = models.PositiveIntegerField(_("corrections"), default=0)
    # Old and new side by side: `learning.comparing.Comparison` by language.
    report = models.JSONField(_("old and new"), default=dict)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("trained understanding")
        verbose_name_plural = _("trained understandings")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"],
                condition=models.Q(status="training"),
                name="one_training_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.name
