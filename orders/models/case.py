"""After-sales cases: rows of their own that point at order lines."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models import fetched
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

    class Ground(models.TextChoices):
        CHANGED_MIND = "changed_mind", _("no longer wanted")
        NOT_AS_DESCRIBED = "not_as_described", _("not as described")
        DEFECTIVE = "defective", _("defective")
        DAMAGED = "damaged", _("arrived damaged")
        WRONG_ITEM = "wrong_item", _("wrong item")
        LOST = "lost", _("lost on the way")

    # The RMA number: what the shopper quotes, written on the parcel.
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
    ground = models.CharField(_("ground"), max_length=20, choices=Ground, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    received_at = models.DateTimeField(_("received"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    # Why staff rejected it, in words for the shopper.
    decision = models.CharField(_("decision"), max_length=500, blank=True)
    # Approving it cancels the order.
    cancels_order = models.BooleanField(_("cancels the order"), default=False)
    # The quote that was agreed to: what is paid back, less what fee, until when the
    # goods must be sent; for an exchange, what it costs more (or, below 0, less).
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
    fee = models.DecimalField(
        _("fee"), max_digits=12, decimal_places=2, default=Decimal("0.00")
    )
    difference = models.DecimalField(
        _("difference"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
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
        lines = self.lines.all()
        if not fetched.has(self, "lines"):
            lines = lines.select_related("line__variant")
        return [
            line.line.variant.sku for line in lines for _piece in range(line.quantity)
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
    # What was paid for these pieces; unknown where a case came from the shop's files.
    paid = models.DecimalField(
        _("paid"), max_digits=12, decimal_places=2, null=True, blank=True
    )

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


class Evidence(models.Model):
    """A photo or a document that a shopper or staff attached to a case."""

    case = models.ForeignKey(
        Case,
        on_delete=models.CASCADE,
        related_name="evidence",
        verbose_name=_("case"),
    )
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    # In the database, so that a copy of the database is a copy of the shop.
    content = models.BinaryField(_("content"))
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
