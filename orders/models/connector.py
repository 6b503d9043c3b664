"""The shop's systems outside, and what is asked of them, kept until it is answered."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order, Payment, Shipment
from orders.models.secret import SecretField


def new_key() -> str:
    return uuid.uuid4().hex


class Connector(models.Model):
    """Who answers for one port; without a row, staff do by hand."""

    class Port(models.TextChoices):
        PAYMENT = "payment", _("payments and refunds")
        CARRIER = "carrier", _("tracking of parcels")
        STOCK = "stock", _("stock")
        INBOUND = "inbound", _("events from the shop's system")

    class Kind(models.TextChoices):
        MANUAL = "manual", _("by hand")
        HTTP = "http", _("HTTP")

    port = models.CharField(_("port"), max_length=10, choices=Port, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.MANUAL)
    url = models.CharField(_("address"), max_length=500, blank=True)
    secret = SecretField(_("secret"), blank=True, default="")
    active = models.BooleanField(_("active"), default=True)

    # The circuit breaker: failures in a row, and until when nothing is sent.
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    open_until = models.DateTimeField(_("nothing sent until"), null=True, blank=True)

    class Meta:
        verbose_name = _("connector")
        verbose_name_plural = _("connectors")
        ordering = ["port"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="http", url=""), name="connector_has_address"
            )
        ]

    def __str__(self) -> str:
        return str(self.Port(self.port).label)


class ConnectorCallQuerySet(models.QuerySet["ConnectorCall"]):
    def under_way(self) -> "ConnectorCallQuerySet":
        """What has no end yet, of machines or of people."""
        State = ConnectorCall.State  # noqa: N806 - the enum
        return self.filter(state__in=[State.PENDING, State.SENDING, State.MANUAL])


class ConnectorCall(models.Model):
    """One thing asked of the outside; the key is the same in every attempt."""

    class Action(models.TextChoices):
        REFUND = "refund", _("refund")
        CHARGE = "charge", _("charge")
        TRACK = "track", _("track")

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        SENDING = "sending", _("being sent")
        # Waits for staff.
        MANUAL = "manual", _("by hand")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    port = models.CharField(_("port"), max_length=10, choices=Connector.Port)
    action = models.CharField(_("action"), max_length=10, choices=Action)
    key = models.CharField(_("key"), max_length=32, unique=True, default=new_key)
    payload = models.JSONField(_("what is asked"), default=dict)
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.PENDING
    )
    # Counted before each attempt.
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"))
    started_at = models.DateTimeField(_("newest attempt"), null=True, blank=True)
    last_error = models.CharField(_("error"), max_length=300, blank=True)
    answer = models.JSONField(_("answer"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    order = models.ForeignKey(
        Order,
        on_delete=models.CASCADE,
        related_name="calls",
        verbose_name=_("order"),
    )
    # A payment is carried out by one call, or twice is too easily done.
    payment = models.OneToOneField(
        Payment,
        on_delete=models.RESTRICT,
        related_name="call",
        null=True,
        blank=True,
        verbose_name=_("payment"),
    )
    shipment = models.OneToOneField(
        Shipment,
        on_delete=models.CASCADE,
        related_name="call",
        null=True,
        blank=True,
        verbose_name=_("shipment"),
    )

    objects = ConnectorCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call to the outside")
        verbose_name_plural = _("calls to the outside")
        ordering = ["-id"]
        indexes = [
            # The few that are not over, among all that ever were.
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=["pending", "sending"]),
                name="call_open",
            ),
            # The admin's list by state, and parcels to be asked for again.
            models.Index(fields=["state", "due_at"], name="call_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.key[:8]}"
