"""What the shop's pages have in common."""

from typing import Any

from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Model
from django.http import HttpRequest
from unfold import admin as unfold


class Admin(unfold.ModelAdmin):  # type: ignore[misc]
    list_per_page = 50
    # Counting everything beside what was searched for costs a scan of the table.
    show_full_result_count = False


class NeverMadeByHand(Admin):
    """What a conversation or the shop's system makes, and nobody destroys."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


class Rows(unfold.TabularInline, InlineModelAdmin):  # type: ignore[misc,type-arg]
    extra = 0


class ReadOnlyRows(Rows):
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False
