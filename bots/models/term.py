"""Words that staff watch for, on both sides of a conversation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    class Side(models.TextChoices):
        SHOPPER = "shopper", _("said by shoppers")
        SHOP = "shop", _("not to be sent")

    side = models.CharField(_("side"), max_length=8, choices=Side)
    phrase = models.CharField(
        _("word or phrase"),
        max_length=100,
        help_text=_("Capitals and full-width letters are found too."),
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("watched word")
        verbose_name_plural = _("watched words")
        ordering = ["side", "phrase"]
        constraints = [
            models.UniqueConstraint(fields=["side", "phrase"], name="term_once_a_side")
        ]

    def __str__(self) -> str:
        return self.phrase
