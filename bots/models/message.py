"""What was said, by whom, and when both sides saw it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bots.messages import Sender
from bots.models.conversation import Conversation
from bots.models.inbound import InboundEvent

SENDERS = [
    (Sender.SHOPPER, _("shopper")),
    (Sender.BOT, _("bot")),
    (Sender.AGENT, _("agent")),
    (Sender.SYSTEM, _("system")),
]


class MessageQuerySet(models.QuerySet["Message"]):
    def unhandled(self) -> "MessageQuerySet":
        """What the shopper said and nobody has worked on."""
        return self.filter(sender=Sender.SHOPPER, handled_at__isnull=True)

    def visible(self) -> "MessageQuerySet":
        """In the order in which both sides see the talk."""
        return self.filter(seq__isnull=False).order_by("seq")


class Message(models.Model):
    """One line of the transcript, in or out."""

    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.CASCADE,
        related_name="messages",
        verbose_name=_("conversation"),
    )
    # The place in the talk as its readers see it, given under the conversation's
    # row lock when the message becomes visible: a reader who saw N misses nothing.
    seq = models.PositiveBigIntegerField(null=True, blank=True)
    sender = models.CharField(_("from"), max_length=8, choices=SENDERS)
    text = models.TextField(_("text"), blank=True)
    value = models.CharField(_("button"), max_length=200, blank=True)
    buttons = models.JSONField(_("buttons"), default=list, blank=True)
    cards = models.JSONField(_("cards"), default=list, blank=True)
    attachments = models.JSONField(_("attachments"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    external_id = models.CharField(max_length=128, blank=True)
    # Given by whoever wrote it, so that a repeated request is known.
    client_id = models.CharField(max_length=80, null=True, blank=True)  # noqa: DJ001
    event = models.OneToOneField(
        InboundEvent,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="message",
        verbose_name=_("event"),
    )
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agent"),
    )
    created_at = models.DateTimeField(_("written"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    handled_at = models.DateTimeField(_("worked on"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "seq"], name="message_place_once"
            ),
            models.UniqueConstraint(
                fields=["conversation", "client_id"], name="message_client_id_once"
            ),
        ]
        indexes = [
            # A turn's work, and the sweeper's; small, since most rows are handled.
            models.Index(
                fields=["conversation"],
                condition=models.Q(sender="shopper", handled_at__isnull=True),
                name="message_unhandled",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sender}: {self.text[:60]}"

    @property
    def place(self) -> int:
        """Its `seq`, where it is visible already, as a shopper's message always is."""
        if self.seq is None:
            raise ValueError("the message is not visible yet")
        return self.seq
