"""Accounts on platforms; their secrets can be set and replaced, never read."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import RegexValidator
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminPasswordWidget

from bots.admin.base import Admin, label
from bots.models import Channel

SECRETS = ("token", "secret")


class SecretInput(forms.CharField):
    """Takes a new value and never shows the old one; nothing typed keeps it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
            **kwargs,
        )


class ChannelForm(forms.ModelForm):  # type: ignore[type-arg]
    token = SecretInput(label=_("Token"))
    secret = SecretInput(
        label=_("Secret"),
        # What Telegram accepts, and long enough not to be guessed.
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9_-]{16,256}$",
                _("Use 16 to 256 letters, digits, - or _."),
            )
        ],
    )

    class Meta:
        model = Channel
        fields = ("kind", "slug", "name", "active", "token", "secret", "api_url")
        field_classes = {"api_url": partial(forms.URLField, assume_scheme="https")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SECRETS:
            # Not even as the value that a change is measured against.
            self.initial[name] = ""
            if name in self.fields:
                self.fields[name].help_text = _hint(self.instance, name)

    def clean(self) -> dict[str, Any]:
        """A kept token goes to no other address than the one it was entered for."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        moved = self.instance.pk and "api_url" in self.changed_data
        if moved and self.instance.token and not self.data.get("token"):
            self.add_error("token", _("Enter the token again for another API address."))
        return cleaned

    def clean_token(self) -> str:
        return self._new_or_kept("token")

    def clean_secret(self) -> str:
        return self._new_or_kept("secret")

    def _new_or_kept(self, name: str) -> str:
        return str(self.cleaned_data[name] or getattr(self.instance, name))


def _hint(channel: Channel, name: str) -> Any:
    if channel.pk and getattr(channel, name):
        return _("One is set. Leave empty to keep it.")
    if name == "secret":
        return _("None is set. Leave empty to have one made.")
    return _("None is set.")


@admin.register(Channel)
class ChannelAdmin(Admin):
    form = ChannelForm
    list_display = ("name", "kind", "slug", "shown_active", "shown_token", "webhook")
    list_filter = ("kind", "active")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": (("name", "slug"), ("kind", "active"), "webhook")}),
        (_("Connection"), {"fields": ("token", "secret", "api_url")}),
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: Channel | None = None
    ) -> tuple[str, ...]:
        # The platform knows the slug by heart, and contacts belong to the kind.
        return ("webhook", "kind", "slug") if obj else ("webhook",)

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Channel | None = None
    ) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields

    def get_fieldsets(
        self, request: HttpRequest, obj: Channel | None = None
    ) -> list[Any] | tuple[Any, ...]:
        """Leave the secrets out altogether for those who may only look."""
        if self.has_change_permission(request, obj) or obj is None:
            return self.fieldsets
        return self.fieldsets[:1]

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        # Its talks stay: a channel that is not wanted any more is made inactive.
        return False

    @admin.display(description=_("active"), boolean=True, ordering="active")
    def shown_active(self, channel: Channel) -> bool:
        return channel.active

    @label(_("token"), {"set": "success", "missing": "danger", "none": ""})
    def shown_token(self, channel: Channel) -> tuple[str, Any]:
        if channel.token:
            return "set", _("set")
        if channel.kind == Channel.Kind.TELEGRAM:
            return "missing", _("missing")
        return "none", _("not needed")

    @admin.display(description=_("webhook"))
    def webhook(self, channel: Channel) -> str:
        if channel.kind != Channel.Kind.TELEGRAM or not channel.slug:
            return "–"
        return f"/webhooks/telegram/{channel.slug}/"
