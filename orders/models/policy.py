"""The shop's terms as dated rows."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_PAST = _(
    "Terms cannot begin in the past: by those in force since then orders were decided."
)


def default_cancel_reasons() -> list[str]:
    return [
        "no_longer_needed",
        "ordered_by_mistake",
        "found_cheaper",
        "too_slow",
        "other",
    ]


def default_evidence_grounds() -> list[str]:
    return ["damaged", "wrong_item"]


def default_delivery_methods() -> dict[str, str]:
    return {"standard": "0.00"}


class PolicyTerms(models.Model):
    """The shop's terms from a day on; the newest row not in the future holds.

    A window of None days has no end. A limit of None: nobody need be asked, except
    that without `approval_limit` staff approve every after-sales case.
    """

    class Payer(models.TextChoices):
        CUSTOMER = "customer", _("the customer")
        SHOP = "shop", _("the shop")

    valid_from = models.DateTimeField(_("valid from"), unique=True)

    # By the terms of the day the order was placed.
    return_days = models.PositiveIntegerField(
        _("return window (days)"), default=7, null=True, blank=True
    )
    exchange_days = models.PositiveIntegerField(
        _("exchange window (days)"), default=15, null=True, blank=True
    )
    warranty_days = models.PositiveIntegerField(
        _("warranty (days)"), default=365, null=True, blank=True
    )
    return_shipping_payer = models.CharField(
        _("who pays return shipping"),
        max_length=8,
        choices=Payer,
        default=Payer.CUSTOMER,
        help_text=_(
            "Goods that are faulty or wrong always go back at the shop's cost."
        ),
    )
    return_shipping_fee = models.DecimalField(
        _("return shipping fee"),
        max_digits=12,
        decimal_places=2,
        default=Decimal("0.00"),
        help_text=_("Kept back from the refund where the customer pays."),
    )

    # By the terms of today.
    cancel_reasons = models.JSONField(
        _("reasons to cancel"), default=default_cancel_reasons
    )
    approval_limit = models.DecimalField(
        _("after-sales cases approved up to"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("All cases of an order together. Empty: staff approve each."),
    )
    cancel_approval_limit = models.DecimalField(
        _("cancelled without asking up to"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty: any amount."),
    )
    evidence_grounds = models.JSONField(
        _("grounds that need a photo"), default=default_evidence_grounds, blank=True
    )
    item_change_closes_order = models.BooleanField(
        _("an order whose items were changed is closed to further changes"),
        default=True,
    )
    same_variant_change = models.BooleanField(
        _("an item may be changed to the variant it is"), default=False
    )
    same_variant_exchange = models.BooleanField(
        _("a piece may be exchanged for the same variant"), default=True
    )
    one_case_an_order = models.BooleanField(
        _("one after-sales case an order"), default=False
    )
    delivery_methods = models.JSONField(
        _("ways of delivery and their fees"), default=default_delivery_methods
    )

    class Meta:
        verbose_name = _("policy terms")
        verbose_name_plural = _("policy terms")
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from:%Y-%m-%d}"

    def clean(self) -> None:
        """Raise ValidationError where it would change what was decided already."""
        now = timezone.now()
        # None, where what was filled in is no date.
        start: datetime | None = self.valid_from
        if start is None or start >= now:
            return
        begun = PolicyTerms.objects.filter(valid_from__lte=now)
        if begun.filter(pk=self.pk, valid_from=start).exists():
            return
        if begun.exists():
            raise ValidationError({"valid_from": _PAST})
