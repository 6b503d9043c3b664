"""What each call of a language model took: never what was said."""

from datetime import timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bots.models.conversation import Conversation

# Over which time a conversation's budget is counted.
PERIOD = timedelta(days=1)


class Spent(NamedTuple):
    tokens: int
    seconds: float


class LanguageModelCallQuerySet(models.QuerySet["LanguageModelCall"]):
    def spent(self, conversation_id: int) -> Spent:
        """What the conversation has spent in the last day."""
        recent = self.filter(
            conversation_id=conversation_id, at__gt=timezone.now() - PERIOD
        )
        sums = recent.aggregate(
            prompt=Sum("prompt_tokens", default=0),
            completion=Sum("completion_tokens", default=0),
            milliseconds=Sum("milliseconds", default=0),
        )
        return Spent(
            tokens=sums["prompt"] + sums["completion"],
            seconds=sums["milliseconds"] / 1000,
        )


class LanguageModelCall(models.Model):
    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("answered")
        LATE = "late", _("too late")
        UNAVAILABLE = "unavailable", _("not available")
        BAD_ANSWER = "bad_answer", _("of no use")
        REFUSED = "refused", _("not asked")
        ERROR = "error", _("failed")

    conversation = models.ForeignKey(
        Conversation,
        on_delete=models.CASCADE,
        related_name="model_calls",
        verbose_name=_("conversation"),
    )
    at = models.DateTimeField(_("at"))
    model = models.CharField(_("model"), max_length=200)
    purpose = models.CharField(_("purpose"), max_length=20)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    prompt_tokens = models.PositiveIntegerField(_("tokens read"))
    completion_tokens = models.PositiveIntegerField(_("tokens written"))
    milliseconds = models.PositiveIntegerField(_("took (ms)"))

    objects = LanguageModelCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call of the language model")
        verbose_name_plural = _("calls of the language model")
        ordering = ["-at"]
        indexes = [
            # What a conversation has spent, asked before each call.
            models.Index(fields=["conversation", "at"], name="model_call_spent")
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.outcome}"
