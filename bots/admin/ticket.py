"""Tickets, to be followed; they are worked on at the desk."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from bots.admin.base import DESK, ReadOnly, ReadOnlyInline, label
from bots.models import Ticket, TicketEvent

STATUSES = {
    Ticket.Status.OPEN: "warning",
    Ticket.Status.RESOLVED: "success",
    Ticket.Status.RETURNED: "info",
}


class EventInline(ReadOnlyInline):
    model = TicketEvent
    fields = ("at", "kind", "actor", "note")
    readonly_fields = fields
    verbose_name_plural = _("what happened")


@admin.register(Ticket)
class TicketAdmin(ReadOnly):
    list_display = (
        "__str__",
        "shown_status",
        "reason",
        "contact",
        "order",
        "assignee",
        "opened_at",
        "closed_at",
    )
    list_filter = ("status", "reason", "assignee", "conversation__channel", "opened_at")
    list_select_related = ("conversation__contact", "order", "assignee")
    search_fields = (
        "=id",
        "summary",
        "order__number",
        "conversation__contact__name",
        "conversation__customer__name",
        "conversation__customer__email",
    )
    fields = (
        ("status", "reason", "desk"),
        "summary",
        ("conversation", "order", "assignee"),
        ("opened_at", "closed_at"),
    )
    readonly_fields = ("desk",)
    inlines = (EventInline,)

    @label(_("status"), STATUSES, ordering="status")
    def shown_status(self, ticket: Ticket) -> tuple[str, str]:
        return ticket.status, ticket.get_status_display()

    @admin.display(description=_("contact"))
    def contact(self, ticket: Ticket) -> str:
        return str(ticket.conversation.contact)

    @admin.display(description=_("desk"))
    def desk(self, ticket: Ticket) -> str:
        return format_html(
            '<a class="text-link" href="{}">{}</a>', DESK, _("Open the desk")
        )
