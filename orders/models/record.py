"""What stands behind each write: the confirmation that was agreed, and the audit."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.customer import Customer


class AuditIsImmutableError(Exception):
    """What happened cannot be written anew."""


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
    parameters = models.JSONField(_("parameters"), default=dict)
    parameters_hash = models.CharField(_("hash of the parameters"), max_length=64)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")

    def __str__(self) -> str:
        return f"{self.action} {self.token[:6]}…"


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def update(self, **values: Any) -> NoReturn:
        raise AuditIsImmutableError

    def delete(self) -> NoReturn:
        raise AuditIsImmutableError


class AuditEntry(models.Model):
    """Who did what on whose behalf; written once, never changed.

    It is also what makes a write repeatable: the same key finds the first result.
    """

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
    # The ref of what came out of it: of a case that was opened, else the object.
    result_ref = models.CharField(_("result"), max_length=80, blank=True)
    key = models.CharField(_("idempotency key"), max_length=200, blank=True)
    arguments = models.JSONField(_("arguments"), default=dict)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    confirmation = models.CharField(_("confirmation"), max_length=43, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at"], name="audit_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(key=""), name="audit_key_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.object_ref}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise AuditIsImmutableError
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AuditIsImmutableError
