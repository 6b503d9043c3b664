"""Staff and their groups, as far as a manager may look after them."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.http import HttpRequest
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from bots.admin.base import Admin
from bots.groups import GROUPS

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(DjangoUserAdmin, Admin):  # type: ignore[type-arg]
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = (
        "username",
        "first_name",
        "last_name",
        "email",
        "is_active",
        "last_login",
    )
    list_filter = ("groups", "is_active", "is_superuser")

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        """Nobody changes people who may do more than they could give themselves."""
        if not super().has_change_permission(request, obj):
            return False
        return (
            _is_superuser(request) or not isinstance(obj, User) or not _is_beyond(obj)
        )

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        # Who leaves is made inactive: what they did stays in the log.
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        given = super().get_readonly_fields(request, obj)
        if _is_superuser(request):
            return given
        return (*given, "is_superuser", "user_permissions")

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "groups" and not _is_superuser(request):
            kwargs["queryset"] = Group.objects.filter(name__in=GROUPS)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, Admin):
    def has_change_permission(
        self, request: HttpRequest, obj: Group | None = None
    ) -> bool:
        # Ours are made anew after every migration: a change would not last.
        return super().has_change_permission(request, obj) and not _is_ours(obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: Group | None = None
    ) -> bool:
        return super().has_delete_permission(request, obj) and not _is_ours(obj)


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


def _is_ours(group: Group | None) -> bool:
    return group is not None and group.name in GROUPS


def _is_beyond(user: User) -> bool:
    return (
        user.is_superuser
        or user.user_permissions.exists()
        or user.groups.exclude(name__in=GROUPS).exists()
    )
