"""A talk: who it is with, who speaks for the shop, and how far it has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bots.models.channel import Channel
from bots.models.contact import Contact


class Conversation(models.Model):
    class Owner(models.TextChoices):
        BOT = "bot", _("bot")
        HUMAN = "human", _("person")

    channel = models.ForeignKey(
        Channel,
        on_delete=models.PROTECT,
        related_name="conversations",
        verbose_name=_("channel"),
    )
    external_key = models.CharField(_("id on the channel"), max_length=128)
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="conversations",
        verbose_name=_("contact"),
    )
    # Who the shopper surely is; the authority for everything about orders.
    customer = models.ForeignKey(
        "orders.Customer",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="conversations",
        verbose_name=_("customer"),
    )
    language = models.CharField(_("language"), max_length=16, blank=True)
    owner = models.CharField(_("owner"), max_length=8, choices=Owner, default=Owner.BOT)
    # Rises whenever the owner changes: a message made under an older one is dropped.
    owner_version = models.PositiveIntegerField(default=0)
    state = models.JSONField(_("dialogue state"), default=dict, blank=True)
    failed_checks = models.PositiveSmallIntegerField(
        _("wrong identity guesses"), default=0
    )
    last_seq = models.PositiveBigIntegerField(default=0)
    read_seq = models.PositiveBigIntegerField(_("read up to"), default=0)
    typing_at = models.DateTimeField(null=True, blank=True)
    last_message_at = models.DateTimeField(_("last message"), null=True, blank=True)
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    # One worker at a time: a lease that ends by itself, and a number that fences
    # off a worker whose lease has ended.
    lease_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveBigIntegerField(default=0)
    # Leases in a row that ended without their work.
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-last_message_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "external_key"], name="conversation_once_a_key"
            )
        ]
        indexes = [
            # The admin's list, newest first, and by owner.
            models.Index(fields=["-last_message_at"], name="conversation_newest"),
            models.Index(
                fields=["owner", "-last_message_at"], name="conversation_by_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact} · {self.channel}"

    def give_to(self, owner: str) -> None:
        """Change the owner in memory; the caller holds the row lock and saves."""
        self.owner = owner
        self.owner_version += 1

    def next_seq(self) -> int:
        """Take the next place in the talk; the caller holds the row lock and saves."""
        self.last_seq += 1
        return self.last_seq
