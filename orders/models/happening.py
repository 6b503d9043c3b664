"""What happened to an order that its shopper is told of, and what became of it."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order


class OrderEventQuerySet(models.QuerySet["OrderEvent"]):
    def waiting(self) -> "OrderEventQuerySet":
        """What nobody has been told of, in the order in which it happened."""
        return self.filter(outcome="").order_by("at", "id")

    def before(self, at: datetime) -> "OrderEventQuerySet":
        return self.filter(at__lt=at)


class OrderEvent(models.Model):
    class Kind(models.TextChoices):
        PAID = "paid", _("paid")
        SHIPPED = "shipped", _("shipped")
        OUT_FOR_DELIVERY = "out_for_delivery", _("out for delivery")
        DELIVERED = "delivered", _("delivered")
        EXCEPTION = "exception", _("delivery problem")
        REFUNDED = "refunded", _("refunded")
        PAYMENT_FAILED = "payment_failed", _("payment failed")

    class Outcome(models.TextChoices):
        TOLD = "told", _("told")
        NO_CHANNEL = "no_channel", _("no channel")
        DECLINED = "declined", _("declined")
        TOO_OLD = "too_old", _("too old")
        SUPERSEDED = "superseded", _("superseded")

    order = models.ForeignKey(
        Order,
        on_delete=models.CASCADE,
        related_name="events",
        verbose_name=_("order"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    # The same happening has the same key, however often the shop tells of it.
    key = models.CharField(_("key"), max_length=200, unique=True)
    at = models.DateTimeField(_("at"))
    recorded_at = models.DateTimeField(_("recorded"))
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    # Empty until it has had its turn.
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=Outcome, blank=True, default=""
    )
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    objects = OrderEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("order event")
        verbose_name_plural = _("order events")
        ordering = ["-at", "-id"]
        indexes = [
            # What is not told yet; small, since most rows have had their turn.
            models.Index(
                fields=["at", "id"],
                condition=models.Q(outcome=""),
                name="order_event_waiting",
            ),
            # The admin's list.
            models.Index(fields=["-at", "-id"], name="order_event_newest"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def parcel(self) -> str:
        """Which of the order's parcels it is about; "" for money."""
        tracking: str = self.facts.get("tracking_number", "")
        return tracking
