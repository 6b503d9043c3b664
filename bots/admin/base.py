"""What the console's pages have in common."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Model
from django.http import HttpRequest
from unfold import admin as unfold
from unfold import decorators

Method = TypeVar("Method", bound=Callable[..., Any])

# Where people answer.
DESK = "/desk/"


def label(
    description: Any, colours: Mapping[Any, str], *, ordering: str = ""
) -> Callable[[Method], Method]:
    """Show a method's (value, words) as a coloured label in lists."""
    made: Callable[[Method], Method] = decorators.display(
        description=description, label=dict(colours), ordering=ordering or None
    )
    return made


class Admin(unfold.ModelAdmin):  # type: ignore[misc]
    """A page of the console."""

    list_per_page = 50
    # Counting everything beside what was searched for costs a scan of the table.
    show_full_result_count = False


class ReadOnly(Admin):
    """A page that shows what the belt writes; nobody writes it by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


class ReadOnlyInline(unfold.TabularInline, InlineModelAdmin):  # type: ignore[misc,type-arg]
    """Rows below a page that can only be read."""

    extra = 0
    can_delete = False
    hide_title = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False
