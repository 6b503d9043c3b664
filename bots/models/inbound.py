"""What channels delivered: the inbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bots.messages import Kind
from bots.models.channel import Channel

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
