"""Turns to look at: what was doubtful, disputed or watched for, and what was meant."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from bots.admin import trace
from bots.admin.base import ReadOnly
from bots.models import Message, TurnTrace

_WORDS = {
    "urgent": _("urgent"),
    "abusive": _("insulting"),
    "danger": _("danger"),
}


def remarks(understanding: dict[str, Any]) -> Iterable[str]:
    """What is remarkable about what was understood, in words for staff."""
    for flag in understanding.get("flags", ()):
        yield str(_WORDS.get(flag, flag))
    for word in understanding.get("watched", ()):
        yield str(_("watched: %s") % word)
    other = understanding.get("review", {}).get("local")
    if other:
        yield str(_("ours: %s") % other[0][0])


class Doubt(admin.SimpleListFilter):
    title = _("why")
    parameter_name = "why"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> list[tuple[str, str | Any]]:
        return [
            ("unsure", _("not sure")),
            ("disputed", _("the language model disagreed")),
            ("watched", _("a watched word")),
            ("flagged", _("urgent, insulting or dangerous")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[TurnTrace]
    ) -> QuerySet[TurnTrace]:
        below = settings.UNDERSTANDING_ASK_BELOW
        wanted = {
            # A greeting said first is never in doubt.
            "unsure": Q(understanding__intents__0__confidence__lt=below)
            | Q(understanding__intents__1__confidence__lt=below),
            "disputed": Q(understanding__review__model="disagreed"),
            "watched": Q(understanding__has_key="watched"),
            "flagged": Q(understanding__has_key="flags"),
        }
        chosen = wanted.get(self.value() or "")
        return queryset.filter(chosen) if chosen else queryset


@admin.register(TurnTrace)
class TurnAdmin(ReadOnly):
    list_display = ("at", "said", "meaning", "remarkable", "correct")
    list_filter = (Doubt, "at")
    fields = (("conversation", "at", "milliseconds"),)
    change_form_outer_after_template = "bots/admin/turn.html"

    class Media:
        css = {"all": ("bots/admin/trace.css",)}

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        turn = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if turn and self.has_view_permission(request, turn):
            talk = reverse(
                "admin:bots_conversation_change", args=[turn.conversation_id]
            )
            context |= {"talk": talk, "trace": trace.read(turn)}
            context["remarks"] = ", ".join(remarks(turn.understanding))
        page: HttpResponse = super().change_view(request, object_id, form_url, context)
        return page

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        if request.user.has_perm("bots.add_correction"):
            return self.list_display
        return self.list_display[:-1]

    def get_queryset(self, request: HttpRequest) -> QuerySet[TurnTrace]:
        turns: QuerySet[TurnTrace] = super().get_queryset(request)
        first = Message.objects.filter(
            conversation=OuterRef("conversation"), seq=OuterRef("first_seq")
        )
        # Only one turn's page reads its record, which is long.
        turns = turns.defer("record")
        return turns.annotate(words=Subquery(first.values("text")[:1]))

    @admin.display(description=_("message"))
    def said(self, turn: Any) -> str:
        words: str = turn.words or "–"
        return words[:120]

    @admin.display(description=_("understood"))
    def meaning(self, turn: TurnTrace) -> str:
        told = (
            f"{intent['name']} · {round(intent['confidence'] * 100)} %"
            for intent in turn.understanding.get("intents", ())
        )
        return ", ".join(told) or "–"

    @admin.display(description=_("remarkable"))
    def remarkable(self, turn: TurnTrace) -> str:
        return ", ".join(remarks(turn.understanding)) or "–"

    @admin.display(description="")
    def correct(self, turn: Any) -> str:
        given = {
            "text": turn.words or "",
            "language": turn.understanding.get("language", ""),
        }
        address = f"{reverse('admin:bots_correction_add')}?{urlencode(given)}"
        return format_html('<a href="{}">{}</a>', address, _("It meant something else"))
