"""What staff changed: every write through the console, to be read and never deleted."""

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from bots.admin.base import ReadOnly, label

COLOURS = {ADDITION: "success", CHANGE: "info", DELETION: "danger"}


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnly):
    list_display = (
        "action_time",
        "user",
        "shown_action",
        "content_type",
        "shown_object",
        "shown_change",
    )
    list_filter = ("action_flag", "content_type", "user", "action_time")
    list_select_related = ("user", "content_type")
    search_fields = ("object_repr", "change_message", "user__username")
    ordering = ("-action_time", "-pk")
    fields = (
        ("action_time", "user", "shown_action"),
        ("content_type", "shown_object"),
        "shown_change",
    )
    readonly_fields = ("shown_action", "shown_object", "shown_change")

    @label(_("action"), COLOURS, ordering="action_flag")
    def shown_action(self, entry: LogEntry) -> tuple[int, str]:
        return entry.action_flag, entry.get_action_flag_display()

    @admin.display(description=_("object"), ordering="object_repr")
    def shown_object(self, entry: LogEntry) -> str:
        url = None if entry.is_deletion() else entry.get_admin_url()
        if not url:
            return str(entry.object_repr)
        return format_html(
            '<a class="text-link" href="{}">{}</a>', url, entry.object_repr
        )

    @admin.display(description=_("change"))
    def shown_change(self, entry: LogEntry) -> str:
        return str(entry.get_change_message())
