"""A talk, what came in, what is said in it, and what goes out."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bots.messages import Kind, Sender
from bots.models.channel import Channel
from bots.models.contact import Contact

KINDS = [
    (Kind.TEXT, _("text")),
    (Kind.BUTTON, _("button")),
    (Kind.MEDIA, _("attachment")),
    (Kind.EDITED, _("edit")),
    (Kind.STARTED, _("start")),
    (Kind.BLOCKED, _("blocked the bot")),
    (Kind.UNBLOCKED, _("unblocked the bot")),
    (Kind.UNSUPPORTED, _("not supported")),
]
SENDERS = [
    (Sender.SHOPPER, _("shopper")),
    (Sender.BOT, _("bot")),
    (Sender.AGENT, _("agent")),
    (Sender.SYSTEM, _("system")),
]


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


class InboundEvent(models.Model):
    """What a channel delivered, stored before any work; the inbox."""

    class Status(models.TextChoices):
        NEW = "new", _("new")
        DONE = "done", _("done")
        IGNORED = "ignored", _("ignored")
        DEAD = "dead", _("dead")

    channel = models.ForeignKey(
        Channel,
        on_delete=models.PROTECT,
        related_name="inbound_events",
        verbose_name=_("channel"),
    )
    dedup_key = models.CharField(_("key"), max_length=200)
    conversation_key = models.CharField(_("conversation"), max_length=128)
    kind = models.CharField(_("kind"), max_length=16, choices=KINDS)
    payload = models.JSONField(_("content"))
    occurred_at = models.DateTimeField(_("occurred"))
    received_at = models.DateTimeField(_("received"))
    status = models.CharField(
        _("status"), max_length=8, choices=Status, default=Status.NEW
    )
    # Raised before the work, so that an event that kills its worker ends as dead.
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("inbound event")
        verbose_name_plural = _("inbound events")
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "dedup_key"], name="inbound_event_once"
            )
        ]
        indexes = [
            # What the sweeper looks for; small, since most rows are done.
            models.Index(
                fields=["received_at"],
                condition=models.Q(status="new"),
                name="inbound_event_new",
            ),
            models.Index(
                fields=["channel", "conversation_key"], name="inbound_event_of_talk"
            ),
            models.Index(fields=["-received_at"], name="inbound_event_newest"),
        ]

    def __str__(self) -> str:
        return self.dedup_key


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
