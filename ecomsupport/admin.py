"""The keys of the shop's own systems: made here, shown once, ended here."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from bots.admin.base import Admin
from ecomsupport.models import ApiToken
from ecomsupport.rights import SCOPES


class ApiTokenForm(forms.ModelForm):  # type: ignore[type-arg]
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=[(scope, scope) for scope in SCOPES],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    class Meta:
        model = ApiToken
        fields = ("name", "user", "scopes", "expires_at")


@admin.register(ApiToken)
class ApiTokenAdmin(Admin):
    form = ApiTokenForm
    list_display = (
        "name",
        "prefix",
        "user",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
    )
    list_select_related = ("user",)
    search_fields = ("name", "prefix")
    actions = ("revoke",)

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        # What a system was given stays as it is; it can only be ended.
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        # The audit names it.
        return False

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = _grantable(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: ApiToken, form: Any, change: Any
    ) -> None:
        secret = obj.renew()
        super().save_model(request, obj, form, change)
        said = _("Copy the token now, it is not shown again: %(secret)s")
        self.message_user(request, said % {"secret": secret}, messages.WARNING)

    @admin.action(description=_("Revoke"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        now = timezone.now()
        for token in queryset:
            token.revoke(now)
            self.log_change(request, token, "revoked")
        self.message_user(request, _("The tokens are no longer valid."))


def _grantable(request: HttpRequest) -> QuerySet[User]:
    """Nobody makes a token that may do more than they may."""
    staff = User.objects.filter(is_staff=True, is_active=True)
    if request.user.is_superuser:
        return staff
    return staff.filter(username=request.user.get_username())
