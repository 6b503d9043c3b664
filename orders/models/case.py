"""After-sales cases: rows of their own that point at order lines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.customer import PaymentMethod
from orders.models.order import Order, OrderLine
from orders.models.worded import Worded


class Case(Worded):
    class Kind(models.TextChoices):
        RETURN = "return", _("return")
        EXCHANGE = "exchange", _("exchange")
        REPAIR = "repair", _("repair")
        REFUND = "refund", _("refund")

    class Status(models.TextChoices):
        REQUESTED = "requested", _("requested")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        RECEIVED = "received", _("received")
        COMPLETED = "completed", _("completed")

    # What the shopper quotes; written on the parcel.
    ref = models.CharField(_("ref"), max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    order = models.ForeignKey(
        Order,
        on_delete=models.PROTECT,
        related_name="cases",
        verbose_name=_("order"),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.REQUESTED
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    refund_amount = models.DecimalField(
        _("refund"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    refund_method = models.ForeignKey(
        PaymentMethod,
        on_delete=models.PROTECT,
        related_name="refund_cases",
        null=True,
        blank=True,
        verbose_name=_("refund method"),
    )
    replacement_skus = models.JSONField(_("replacements"), default=list, blank=True)

    class Meta:
        verbose_name = _("after-sales case")
        verbose_name_plural = _("after-sales cases")
        ordering = ["-opened_at"]
        indexes = [models.Index(fields=["status", "-opened_at"], name="case_by_status")]

    def __str__(self) -> str:
        return self.ref

    @property
    def skus(self) -> list[str]:
        """What it is about, a SKU once a piece."""
        return [
            line.line.variant.sku
            for line in self.lines.all()
            for _piece in range(line.quantity)
        ]

    @property
    def is_open(self) -> bool:
        return self.status not in {self.Status.REJECTED, self.Status.COMPLETED}


class CaseLine(models.Model):
    case = models.ForeignKey(
        Case,
        on_delete=models.CASCADE,
        related_name="lines",
        verbose_name=_("case"),
    )
    line = models.ForeignKey(
        OrderLine,
        on_delete=models.PROTECT,
        related_name="case_lines",
        verbose_name=_("line"),
    )
    quantity = models.PositiveIntegerField(_("quantity"), default=1)

    class Meta:
        verbose_name = _("case line")
        verbose_name_plural = _("case lines")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "line"], name="case_line_once_a_case"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1), name="case_line_quantity_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} × {self.quantity}"
