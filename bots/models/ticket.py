"""A talk that a person takes over."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bots.models.conversation import Conversation


class Ticket(models.Model):
    class Status(models.TextChoices):
        OPEN = "open", _("open")
        RESOLVED = "resolved", _("resolved")
        RETURNED = "returned", _("handed back to the bot")

    class Reason(models.TextChoices):
        ASKED = "asked", _("asked for a person")
        UNKNOWN_ANSWER = "unknown_answer", _("no answer in the knowledge base")
        IDENTITY = "identity", _("identity could not be checked")
        PROBLEM = "problem", _("a problem with an order")
        STUCK = "stuck", _("the bot did not understand")
        ERROR = "error", _("technical error")

    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.CASCADE,
        related_name="tickets",
        verbose_name=_("conversation"),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.OPEN
    )
    reason = models.CharField(_("reason"), max_length=16, choices=Reason)
    summary = models.TextField(_("summary"), blank=True)
    order = models.ForeignKey(
        "orders.Order",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("order"),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("assignee"),
    )
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["-opened_at"]
        permissions = [("answer_ticket", _("Can answer tickets at the desk"))]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=models.Q(status="open"),
                name="ticket_one_open_a_conversation",
            )
        ]
        indexes = [
            # The desk's queue, oldest first.
            models.Index(fields=["status", "opened_at"], name="ticket_queue")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class TicketEvent(models.Model):
    class Kind(models.TextChoices):
        OPENED = "opened", _("ticket opened")
        TAKEN = "taken", _("taken")
        REPLIED = "replied", _("answered")
        RETURNED = "returned", _("handed back")
        RESOLVED = "resolved", _("resolved")

    ticket = models.ForeignKey(
        Ticket,
        on_delete=models.CASCADE,
        related_name="events",
        verbose_name=_("ticket"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    at = models.DateTimeField(_("at"))
    # Nobody for what the bot did.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("actor"),
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("ticket event")
        verbose_name_plural = _("ticket events")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
