"""What came in and what went out; what has stopped can be tried again."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bots.admin.base import ReadOnly, label
from bots.models import Delivery, InboundEvent

State = Delivery.State
Status = InboundEvent.Status

DELIVERY_COLOURS = {
    State.PENDING: "info",
    State.SENDING: "info",
    State.SENT: "success",
    State.FAILED: "danger",
    State.UNKNOWN: "warning",
}
EVENT_COLOURS = {
    Status.NEW: "info",
    Status.DONE: "success",
    Status.DEAD: "danger",
}


class Retryable(ReadOnly):
    """Read-only, except that what has stopped may be set going once more."""

    actions = ("try_again",)

    def retry(self, pk: int, now: datetime) -> bool:
        """Set one row going, if it has stopped; whether it had."""
        raise NotImplementedError

    def has_retry_permission(self, request: HttpRequest) -> bool:
        codename = get_permission_codename("change", self.opts)
        return request.user.has_perm(f"{self.opts.app_label}.{codename}")

    @admin.action(description=_("Try again"), permissions=["retry"])
    def try_again(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        now = timezone.now()
        moved = [row for row in rows if self.retry(row.pk, now)]
        for row in moved:
            self.log_change(request, row, gettext("Set to be tried again."))
        said = ngettext(
            "%d is being tried again.", "%d are being tried again.", len(moved)
        )
        level = messages.SUCCESS if moved else messages.WARNING
        self.message_user(request, said % len(moved), level)


@admin.register(Delivery)
class DeliveryAdmin(Retryable):
    list_display = (
        "message",
        "shown_state",
        "lane",
        "attempts",
        "error",
        "conversation",
        "not_before",
    )
    list_filter = (
        "state",
        "lane",
        "conversation__channel",
        "message__campaign__campaign",
    )
    list_select_related = (
        "message",
        "conversation__contact",
        "conversation__channel",
    )
    search_fields = ("=conversation__id", "conversation__contact__name", "error")
    fields = (
        ("conversation", "lane", "state"),
        "text",
        ("attempts", "started_at", "not_before"),
        "error",
    )
    readonly_fields = ("text",)

    def retry(self, pk: int, now: datetime) -> bool:
        stopped = Delivery.objects.filter(
            pk=pk, state__in=[State.FAILED, State.UNKNOWN]
        )
        return bool(
            stopped.update(state=State.PENDING, attempts=0, not_before=now, error="")
        )

    @admin.display(description=_("text"))
    def text(self, delivery: Delivery) -> str:
        return delivery.message.text

    @label(_("state"), DELIVERY_COLOURS, ordering="state")
    def shown_state(self, delivery: Delivery) -> tuple[str, str]:
        return delivery.state, delivery.get_state_display()


@admin.register(InboundEvent)
class InboundEventAdmin(Retryable):
    list_display = (
        "dedup_key",
        "channel",
        "kind",
        "shown_status",
        "attempts",
        "error",
        "received_at",
    )
    list_filter = ("status", "kind", "channel", "received_at")
    list_select_related = ("channel",)
    search_fields = ("dedup_key", "conversation_key", "error")
    fields = (
        ("channel", "kind", "status"),
        ("dedup_key", "conversation_key"),
        ("occurred_at", "received_at", "attempts"),
        "payload",
        "error",
    )

    def retry(self, pk: int, now: datetime) -> bool:
        dead = InboundEvent.objects.filter(pk=pk, status=Status.DEAD)
        return bool(dead.update(status=Status.NEW, attempts=0, error=""))

    @label(_("status"), EVENT_COLOURS, ordering="status")
    def shown_status(self, event: InboundEvent) -> tuple[str, str]:
        return event.status, event.get_status_display()
