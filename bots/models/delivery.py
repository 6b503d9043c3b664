"""The sending of messages: the outbox."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from bots.models.conversation import Conversation
from bots.models.message import Message


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, at: datetime) -> "DeliveryQuerySet":
        return self.filter(state=Delivery.State.PENDING, not_before__lte=at)


class Delivery(models.Model):
    """The sending of one message; the outbox."""

    class Lane(models.TextChoices):
        REPLY = "reply", _("reply")
        AGENT = "agent", _("agent")
        NOTICE = "notice", _("notice")
        PROMO = "promo", _("promotion")

    class State(models.TextChoices):
        PENDING = "pending", _("pending")
        SENDING = "sending", _("sending")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        UNKNOWN = "unknown", _("unknown")
        CANCELLED = "cancelled", _("cancelled")

    message = models.OneToOneField(
        Message,
        on_delete=models.CASCADE,
        related_name="delivery",
        verbose_name=_("message"),
    )
    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.CASCADE,
        related_name="deliveries",
        verbose_name=_("conversation"),
    )
    lane = models.CharField(_("lane"), max_length=8, choices=Lane)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.PENDING
    )
    # The conversation's owner_version when the message was made.
    owner_version = models.PositiveIntegerField()
    # Raised before the attempt: a crash in the middle is counted.
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"))
    # While a language model may still improve the words.
    rendering = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField(_("attempt started"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        indexes = [
            # The claim and the sweeper; small, since most rows are sent.
            models.Index(
                fields=["conversation", "id"],
                condition=models.Q(state__in=["pending", "sending"]),
                name="delivery_open",
            ),
            models.Index(fields=["state", "-id"], name="delivery_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.lane} {self.state}"
