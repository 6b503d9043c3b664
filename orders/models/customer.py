"""Who buys, and what they pay with."""

from django.db import models
from django.db.models import Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower, Replace, Right
from django.utils.translation import gettext_lazy as _

from orders.models.worded import Worded

# Fewer digits than that tell nobody apart.
PHONE_TAIL = 7


def _phone_tail() -> Right:
    """The end of a phone number however it is written."""
    bare: Combinable = models.F("phone")
    for mark in " -()./":
        bare = Replace(bare, Value(mark))
    return Right(bare, PHONE_TAIL)


class CustomerQuerySet(models.QuerySet["Customer"]):
    # Each in the words of its index.
    def with_email(self, email: str) -> "CustomerQuerySet":
        """Letter case aside."""
        return self.alias(folded=Lower("email")).filter(folded=Lower(Value(email)))

    def named(self, name: str) -> "CustomerQuerySet":
        """Letter case aside."""
        return self.alias(folded=Lower("name")).filter(folded=Lower(Value(name)))

    def with_phone_end(self, digits: str) -> "CustomerQuerySet":
        """However the number is written; `digits` are the last `PHONE_TAIL`."""
        return self.alias(tail=_phone_tail()).filter(tail=digits)


class Customer(Worded):
    ref = models.CharField(_("ref"), max_length=64, unique=True)
    # Staff search by how a name or an e-mail begins.
    name = models.CharField(_("name"), max_length=200, db_index=True)
    email = models.EmailField(_("e-mail"), blank=True, db_index=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True, db_index=True)
    language = models.CharField(_("language"), max_length=16, default="en")
    timezone = models.CharField(_("time zone"), max_length=64, blank=True)
    tags = models.JSONField(_("tags"), default=list, blank=True)
    marketing_opt_in = models.BooleanField(_("wants promotions"), default=False)
    preferences = models.JSONField(_("preferences"), default=list, blank=True)
    address = models.JSONField(_("address"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering = ["ref"]
        # Who somebody is, is asked without letter case and by digits alone.
        indexes = [
            models.Index(Lower("email"), name="customer_email_lower"),
            models.Index(Lower("name"), name="customer_name_lower"),
            models.Index(_phone_tail(), name="customer_phone_tail"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.ref})"


class PaymentMethod(Worded):
    class Kind(models.TextChoices):
        GIFT_CARD = "gift_card", _("gift card")
        CREDIT_CARD = "credit_card", _("credit card")
        PAYPAL = "paypal", "PayPal"
        ALIPAY = "alipay", _("Alipay")
        WECHAT_PAY = "wechat_pay", _("WeChat Pay")
        BANK_TRANSFER = "bank_transfer", _("bank transfer")
        CASH_ON_DELIVERY = "cash_on_delivery", _("cash on delivery")

    customer = models.ForeignKey(
        Customer,
        on_delete=models.CASCADE,
        # The constraint below begins with it.
        db_index=False,
        related_name="payment_methods",
        verbose_name=_("customer"),
    )
    ref = models.CharField(_("ref"), max_length=64)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    label = models.CharField(_("label"), max_length=100, blank=True)
    # Only gift cards have a balance.
    balance = models.DecimalField(
        _("balance"), max_digits=12, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("payment method")
        verbose_name_plural = _("payment methods")
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "ref"], name="payment_method_ref_once_a_customer"
            ),
            models.CheckConstraint(
                condition=models.Q(balance__isnull=True) | models.Q(balance__gte=0),
                name="payment_method_balance_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.get_kind_display()
