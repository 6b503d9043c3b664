"""Conversations, to be read: who with whom, and the transcript."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from bots.admin.base import ReadOnly, label
from bots.admin.transcript import transcript
from bots.models import Conversation

OWNERS = {Conversation.Owner.BOT: "info", Conversation.Owner.HUMAN: "warning"}


@admin.register(Conversation)
class ConversationAdmin(ReadOnly):
    list_display = (
        "contact",
        "channel",
        "shown_owner",
        "customer",
        "language",
        "last_message_at",
    )
    list_filter = ("owner", "channel", "language", "last_message_at")
    list_select_related = ("contact", "channel", "customer")
    search_fields = (
        "external_key",
        "contact__name",
        "contact__external_id",
        "customer__name",
        "customer__email",
        "customer__ref",
    )
    fields = (
        ("contact", "channel", "customer"),
        ("owner", "language", "failed_checks"),
        ("created_at", "last_message_at"),
    )
    change_form_outer_after_template = "bots/admin/transcript.html"

    class Media:
        css = {"all": ("bots/admin/transcript.css",)}

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        conversation = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if conversation and self.has_view_permission(request, conversation):
            context["transcript"] = transcript(conversation)
        page: HttpResponse = super().change_view(request, object_id, form_url, context)
        return page

    @label(_("owner"), OWNERS, ordering="owner")
    def shown_owner(self, conversation: Conversation) -> tuple[str, str]:
        return conversation.owner, conversation.get_owner_display()
