"""What the shop's pages have in common."""

from typing import Any

from django.contrib.admin.options import InlineModelAdmin
from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from unfold import admin as unfold

# Nobody turns to the page of the ten thousandth row.
MOST_COUNTED = 10_000


class Capped(Paginator):  # type: ignore[type-arg]
    """Counts so far and no further: to count a million rows takes half a second."""

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows.order_by().values("pk")[:MOST_COUNTED].count()


class Admin(unfold.ModelAdmin):  # type: ignore[misc]
    list_per_page = 50
    # Counting everything beside what was searched for costs a scan of the table.
    show_full_result_count = False
    paginator = Capped

    def find(self, words: str) -> Q | None:
        """What is meant by words typed; None: `search_fields` say where to look."""
        return None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        words = search_term.strip()
        meant = self.find(words) if words else None
        if meant is not None:
            return queryset.filter(meant), False
        found: tuple[QuerySet[Any], bool] = super().get_search_results(
            request, queryset, search_term
        )
        return found


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
    # What the columns say need not be said above them.
    hide_title = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False
