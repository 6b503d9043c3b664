"""What the shop's system has told, so that repeats and late news change nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShopEvent(models.Model):
    """One event that was taken in; the shop's id makes a repeat known."""

    ident = models.CharField(_("id"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=32)
    ref = models.CharField(_("reference"), max_length=160)
    occurred_at = models.DateTimeField(_("occurred"))
    received_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("event of the shop")
        verbose_name_plural = _("events of the shop")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class NewestNews(models.Model):
    """The newest event that spoke of a thing as a whole: older ones are past."""

    kind = models.CharField(max_length=32)
    ref = models.CharField(max_length=160)
    occurred_at = models.DateTimeField()
    # Decides between two of the same moment.
    ident = models.CharField(max_length=200)
    # Of an order: status and delivery as the shop gave them, and as its parcels
    # have moved them on since.
    given = models.JSONField(default=list)
    reached = models.JSONField(default=list)

    class Meta:
        verbose_name = _("newest news")
        verbose_name_plural = _("newest news")
        constraints = [
            models.UniqueConstraint(fields=["kind", "ref"], name="news_of_one_thing")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
