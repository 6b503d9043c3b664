"""What staff say messages meant; training text of the shop's own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from bots.admin.base import Admin
from bots.dialogue.understand.definitions import INTENTS
from bots.models import Correction


def _choices() -> list[tuple[str, str]]:
    named = [(name, f"{name}: {gettext(what)}") for name, what in INTENTS.items()]
    return [("", "–"), *named]


class CorrectionForm(forms.ModelForm):  # type: ignore[type-arg]
    intent = forms.ChoiceField(
        label=_("Means"), choices=_choices, widget=UnfoldAdminSelectWidget
    )

    class Meta:
        model = Correction
        fields = ("text", "language", "intent")


@admin.register(Correction)
class CorrectionAdmin(Admin):
    form = CorrectionForm
    list_display = ("text", "intent", "language", "created_by", "created_at")
    list_filter = ("language", "intent", "created_at")
    list_select_related = ("created_by",)
    search_fields = ("text",)

    def save_model(
        self, request: HttpRequest, obj: Correction, form: Any, change: Any
    ) -> None:
        if not change:
            obj.created_by_id = request.user.pk
        super().save_model(request, obj, form, change)
