"""What the engine made of a turn, for staff and for learning."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bots.models.conversation import Conversation


class TurnTrace(models.Model):
    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.CASCADE,
        related_name="traces",
        verbose_name=_("conversation"),
    )
    at = models.DateTimeField(_("at"))
    # Places of the shopper's messages that were taken together.
    first_seq = models.PositiveBigIntegerField()
    last_seq = models.PositiveBigIntegerField()
    understanding = models.JSONField(_("understanding"))
    commands = models.JSONField(_("commands"), default=list)
    # As `dialogue.trace.record` makes it: without the messages, but with what the
    # state keeps of them, an address that is being changed, say.
    record = models.JSONField(_("steps"), default=dict, blank=True)
    milliseconds = models.PositiveIntegerField(_("took (ms)"))

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ["-at"]
        constraints = [
            # A message is answered by one turn.
            models.UniqueConstraint(
                fields=["conversation", "first_seq"], name="turn_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_seq}–{self.last_seq}"
