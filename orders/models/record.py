"""What rules acted upon: dated terms, agreed confirmations, and the audit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.customer import Customer


class PolicyTerms(models.Model):
    """The shop's terms from a day on; the newest row not in the future holds."""

    valid_from = models.DateTimeField(_("valid from"), unique=True)
    return_days = models.PositiveIntegerField(_("return window (days)"), default=7)
    exchange_days = models.PositiveIntegerField(_("exchange window (days)"), default=15)

    class Meta:
        verbose_name = _("policy terms")
        verbose_name_plural = _("policy terms")
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from:%Y-%m-%d}"


class Confirmation(models.Model):
    """A write that was proposed and waits for a yes to exactly these parameters."""

    token = models.CharField(_("token"), max_length=43, unique=True)
    action = models.CharField(_("action"), max_length=64)
    customer = models.ForeignKey(
        Customer,
        on_delete=models.CASCADE,
        related_name="confirmations",
        verbose_name=_("customer"),
    )
    parameters_hash = models.CharField(_("hash of the parameters"), max_length=64)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")

    def __str__(self) -> str:
        return f"{self.action} {self.token[:6]}…"


class AuditEntry(models.Model):
    """Who did what on whose behalf; written once, never changed."""

    at = models.DateTimeField(_("at"))
    actor = models.CharField(_("who"), max_length=100)
    customer = models.ForeignKey(
        Customer,
        on_delete=models.PROTECT,
        related_name="audit_entries",
        null=True,
        blank=True,
        verbose_name=_("customer"),
    )
    action = models.CharField(_("action"), max_length=64)
    object_ref = models.CharField(_("object"), max_length=64, db_index=True)
    arguments = models.JSONField(_("arguments"), default=dict)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    confirmation = models.CharField(_("confirmation"), max_length=43, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at"], name="audit_newest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.object_ref}"
