"""The keys that the shop's own systems come with."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

# Says at a glance, also to scanners for leaked keys, what it is.
SIGN = "esk_"
_SHOWN = 12
# An hour's use needs no more than a few writes.
_SEEN_EVERY = timedelta(minutes=1)


class ApiToken(models.Model):
    """Opens the API for one system, within its scopes and the rights of its user.

    Only the hash of the secret is kept: whoever reads the database cannot use it.
    """

    name = models.CharField(_("name"), max_length=64, unique=True)
    # A secret of 256 random bits: no slow hash is needed.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    prefix = models.CharField(_("begins with"), max_length=_SHOWN, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="api_tokens",
        limit_choices_to={"is_staff": True},
        verbose_name=_("acts as"),
        help_text=_("Its rights are the most that the token can do."),
    )
    scopes = models.JSONField(_("scopes"), default=list)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(
        _("last used"), null=True, blank=True, editable=False
    )
    revoked_at = models.DateTimeField(
        _("revoked"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(
        cls,
        name: str,
        user: User,
        scopes: Sequence[str],
        *,
        expires_at: datetime | None = None,
    ) -> tuple[Self, str]:
        """Make a token; return it with its secret, which is not known afterwards."""
        token = cls(name=name, user=user, scopes=list(scopes), expires_at=expires_at)
        secret = token.renew()
        token.save()
        return token, secret

    @classmethod
    def find(cls, secret: str) -> Self | None:
        return cls.objects.select_related("user").filter(digest=_digest(secret)).first()

    def renew(self) -> str:
        """Give it a new secret, and return that; the caller saves."""
        secret = SIGN + secrets.token_urlsafe(32)
        self.digest, self.prefix = _digest(secret), secret[:_SHOWN]
        return secret

    def is_valid(self, now: datetime) -> bool:
        if self.revoked_at is not None:
            return False
        return self.expires_at is None or now < self.expires_at

    def saw(self, now: datetime) -> None:
        """Note that it was used, once a minute at most."""
        if self.last_used_at is None or now - self.last_used_at >= _SEEN_EVERY:
            self.last_used_at = now
            self.save(update_fields=["last_used_at"])

    def revoke(self, now: datetime) -> None:
        """End it for good."""
        if self.revoked_at is None:
            self.revoked_at = now
            self.save(update_fields=["revoked_at"])


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
