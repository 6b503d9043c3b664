"""An order, its pieces, its money and its way to the shopper."""

from decimal import Decimal

from django.db import models
from django.db.models import Value
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from orders.models.customer import Customer, PaymentMethod
from orders.models.product import Product, Variant
from orders.models.worded import Worded


class OrderQuerySet(models.QuerySet["Order"]):
    def numbered(self, number: str) -> "OrderQuerySet":
        """Letter case aside, in the words of the index."""
        folded = self.alias(folded=Upper("number"))
        # In no order: else the database may walk the newest orders to find it.
        return folded.filter(folded=Upper(Value(number))).order_by()

    def with_details(self) -> "OrderQuerySet":
        """Fetch what the bot says of an order together with it."""
        return self.select_related("customer").prefetch_related(
            "lines__product", "lines__variant", "payments__method", "shipments__events"
        )


class Order(models.Model):
    class Status(models.TextChoices):
        PENDING = "pending", _("pending")
        PROCESSED = "processed", _("packed")
        SHIPPED = "shipped", _("shipped")
        DELIVERED = "delivered", _("delivered")
        CANCELLED = "cancelled", _("cancelled")

    number = models.CharField(_("number"), max_length=64, unique=True)
    customer = models.ForeignKey(
        Customer,
        on_delete=models.PROTECT,
        # `order_of_customer` begins with it.
        db_index=False,
        related_name="orders",
        verbose_name=_("customer"),
    )
    placed_at = models.DateTimeField(_("placed"))
    status = models.CharField(_("status"), max_length=16, choices=Status)
    currency = models.CharField(_("currency"), max_length=3)
    # Of the whole order; the lines have their full prices.
    discount = models.DecimalField(
        _("discount"), max_digits=12, decimal_places=2, default=Decimal("0.00")
    )
    shipping_fee = models.DecimalField(
        _("shipping fee"), max_digits=12, decimal_places=2, default=Decimal("0.00")
    )
    delivery_method = models.CharField(_("delivery"), max_length=32, blank=True)
    # Not before this day, as the shopper wishes.
    deliver_on = models.DateField(_("deliver on"), null=True, blank=True)
    delivery_note = models.CharField(_("delivery note"), max_length=300, blank=True)
    address = models.JSONField(_("address"), default=dict, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancel_reason = models.CharField(_("why cancelled"), max_length=64, blank=True)
    items_changed_at = models.DateTimeField(_("items changed"), null=True, blank=True)

    # Wrong guesses of whose it is, and the last one's time.
    wrong_proofs = models.PositiveIntegerField(default=0, editable=False)
    wrong_proof_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-placed_at"]
        indexes = [
            # "My orders", newest first.
            models.Index(fields=["customer", "-placed_at"], name="order_of_customer"),
            # The admin's list by status.
            models.Index(fields=["status", "-placed_at"], name="order_by_status"),
            models.Index(fields=["-placed_at"], name="order_newest"),
            # Shoppers write a number in any letter case.
            models.Index(Upper("number"), name="order_number_upper"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(discount__gte=0, shipping_fee__gte=0),
                name="order_sums_not_negative",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def goods(self) -> Decimal:
        """The price of its pieces before any discount."""
        return sum((line.amount for line in self.lines.all()), Decimal())

    @property
    def total(self) -> Decimal:
        return self.goods - self.discount + self.shipping_fee


class OrderLine(models.Model):
    order = models.ForeignKey(
        Order,
        on_delete=models.CASCADE,
        related_name="lines",
        verbose_name=_("order"),
    )
    product = models.ForeignKey(
        Product,
        on_delete=models.PROTECT,
        related_name="order_lines",
        verbose_name=_("product"),
    )
    variant = models.ForeignKey(
        Variant,
        on_delete=models.PROTECT,
        related_name="order_lines",
        verbose_name=_("variant"),
    )
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    unit_price = models.DecimalField(_("unit price"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1), name="order_line_quantity_positive"
            )
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} × {self.quantity}"

    @property
    def amount(self) -> Decimal:
        return self.unit_price * self.quantity


class Payment(models.Model):
    class Kind(models.TextChoices):
        PAYMENT = "payment", _("payment")
        REFUND = "refund", _("refund")

    class State(models.TextChoices):
        # Booked here, not yet carried out by the outside.
        DUE = "due", _("under way")
        SETTLED = "settled", _("settled")
        FAILED = "failed", _("failed")

    order = models.ForeignKey(
        Order,
        on_delete=models.CASCADE,
        related_name="payments",
        verbose_name=_("order"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    method = models.ForeignKey(
        PaymentMethod,
        on_delete=models.PROTECT,
        related_name="payments",
        null=True,
        verbose_name=_("method"),
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    at = models.DateTimeField(_("at"))
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.SETTLED
    )
    # By this code, not by the shop's files: what these do not know of stays.
    booked_here = models.BooleanField(default=False, editable=False)
    # The after-sales case that it settles.
    case = models.ForeignKey(
        "orders.Case",
        on_delete=models.PROTECT,
        related_name="payments",
        null=True,
        blank=True,
        verbose_name=_("case"),
    )

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="payment_amount_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class Shipment(Worded):
    order = models.ForeignKey(
        Order,
        on_delete=models.CASCADE,
        related_name="shipments",
        verbose_name=_("order"),
    )
    carrier = models.CharField(_("carrier"), max_length=64, blank=True)
    tracking_number = models.CharField(
        _("tracking number"), max_length=64, blank=True, db_index=True
    )
    skus = models.JSONField(_("SKUs"), default=list, blank=True)
    estimated_delivery = models.DateField(_("expected"), null=True, blank=True)

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking_number}".strip()


class ShipmentEvent(models.Model):
    class Status(models.TextChoices):
        LABEL_CREATED = "label_created", _("label created")
        PICKED_UP = "picked_up", _("picked up")
        IN_TRANSIT = "in_transit", _("in transit")
        OUT_FOR_DELIVERY = "out_for_delivery", _("out for delivery")
        DELIVERED = "delivered", _("delivered")
        EXCEPTION = "exception", _("delivery problem")

    shipment = models.ForeignKey(
        Shipment,
        on_delete=models.CASCADE,
        related_name="events",
        verbose_name=_("shipment"),
    )
    at = models.DateTimeField(_("at"))
    place = models.JSONField(_("place"), default=dict, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status)
    text = models.JSONField(_("text"), default=dict, blank=True)

    class Meta:
        verbose_name = _("shipment event")
        verbose_name_plural = _("shipment events")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.status}"
