"""Watched words, kept by the manager."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from bots import moderation
from bots.admin.base import Admin
from bots.models import Term


@admin.register(Term)
class TermAdmin(Admin):
    list_display = ("phrase", "side", "updated_at")
    list_filter = ("side",)
    search_fields = ("phrase",)

    def save_model(
        self,
        request: HttpRequest,
        obj: Term,
        form: "ModelForm[Any]",
        change: bool,  # noqa: FBT001 - the console calls it so
    ) -> None:
        super().save_model(request, obj, form, change)
        moderation.forget()

    def delete_model(self, request: HttpRequest, obj: Term) -> None:
        super().delete_model(request, obj)
        moderation.forget()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Term]) -> None:
        super().delete_queryset(request, queryset)
        moderation.forget()
