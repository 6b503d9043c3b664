"""A person on a channel, and what they agreed to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bots.models.channel import Channel


class Contact(models.Model):
    channel = models.ForeignKey(
        Channel,
        on_delete=models.PROTECT,
        related_name="contacts",
        verbose_name=_("channel"),
    )
    external_id = models.CharField(_("id on the channel"), max_length=128)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    # Set once the channel or an identity check said who this is.
    customer = models.ForeignKey(
        "orders.Customer",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("customer"),
    )
    # The person blocked us: nothing more is sent until they write again.
    blocked_at = models.DateTimeField(_("blocked"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "external_id"], name="contact_once_a_channel"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.external_id


class Consent(models.Model):
    """What a contact wants to be written to about; the newest word counts."""

    contact = models.OneToOneField(
        Contact,
        on_delete=models.CASCADE,
        related_name="consent",
        verbose_name=_("contact"),
    )
    # None: they said nothing of promotions.
    promotions = models.BooleanField(_("wants promotions"), null=True)
    # News of their own orders needs no asking, and can be declined.
    order_news = models.BooleanField(_("wants order news"), default=True)
    changed_at = models.DateTimeField(_("changed"))
    # The shopper's own words, or where it was ticked.
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return f"{self.contact}: {self.promotions}"
