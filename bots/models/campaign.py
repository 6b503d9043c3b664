"""A promotion: what is said, to whom, when, and who got it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bots.models.contact import Contact
from bots.models.message import Message


class Campaign(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        SENDING = "sending", _("sending")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    name = models.CharField(_("name"), max_length=100)
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    # Customers with any of the tags and any of the preferences; empty = everyone.
    tags = models.JSONField(_("tags"), default=list, blank=True)
    preferences = models.JSONField(_("preferences"), default=list, blank=True)
    send_at = models.DateTimeField(_("send at"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("created by"),
    )

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-send_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text_zh="") | ~models.Q(text_en=""),
                name="campaign_says_something",
            )
        ]
        indexes = [models.Index(fields=["status", "send_at"], name="campaign_due")]

    def __str__(self) -> str:
        return self.name

    def text(self, language: str) -> str:
        """The text in the language, else in the other."""
        first, second = self.text_en, self.text_zh
        if language == "zh":
            first, second = second, first
        return first or second


class CampaignRecipient(models.Model):
    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.CASCADE,
        related_name="recipients",
        verbose_name=_("campaign"),
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.CASCADE,
        related_name="campaigns",
        verbose_name=_("contact"),
    )
    message = models.OneToOneField(
        Message,
        on_delete=models.SET_NULL,
        null=True,
        related_name="campaign",
        verbose_name=_("message"),
    )

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "contact"], name="campaign_once_a_contact"
            )
        ]

    def __str__(self) -> str:
        return str(self.contact)
