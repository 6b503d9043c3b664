"""What the language model was asked for, how often, and what it took."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from bots.admin.base import ReadOnly, label
from bots.models import LanguageModelCall

Outcome = LanguageModelCall.Outcome

COLOURS = {
    Outcome.ANSWERED: "success",
    Outcome.LATE: "warning",
    Outcome.UNAVAILABLE: "danger",
    Outcome.BAD_ANSWER: "warning",
    Outcome.REFUSED: "info",
    Outcome.ERROR: "danger",
}


@admin.register(LanguageModelCall)
class LanguageModelCallAdmin(ReadOnly):
    list_display = (
        "at",
        "purpose",
        "shown_outcome",
        "prompt_tokens",
        "completion_tokens",
        "milliseconds",
        "model",
        "conversation",
    )
    list_filter = ("outcome", "purpose", "model", "at")
    list_select_related = ("conversation__contact", "conversation__channel")
    search_fields = ("=conversation__id", "model")

    @label(_("outcome"), COLOURS, ordering="outcome")
    def shown_outcome(self, call: LanguageModelCall) -> tuple[str, str]:
        return call.outcome, call.get_outcome_display()
