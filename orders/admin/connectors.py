"""Who is asked outside, and what is asked of them; staff do here what is by hand."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.widgets import UnfoldAdminPasswordWidget

from orders import retrying
from orders.acting import By
from orders.admin.base import Admin, NeverMadeByHand
from orders.connectors import payments, signing
from orders.models import Connector, ConnectorCall, Order, ShopEvent

Do = Callable[..., Order]
State = ConnectorCall.State


class ConnectorForm(forms.ModelForm):  # type: ignore[type-arg]
    """The secret can be set and replaced, never read."""

    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https")
    secret = forms.CharField(
        label=_("Secret"),
        required=False,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "whsec_ and 24 to 64 bytes as base64, the same in the shop's system. "
            "Leave empty to keep what is set."
        ),
    )

    class Meta:
        model = Connector
        fields = ("port", "kind", "url", "secret", "active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not even as the value that a change is measured against.
        self.initial["secret"] = ""

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if url and not url.startswith(("http://", "https://")):
            raise forms.ValidationError(_("Enter an http or https address."))
        return url

    def clean_secret(self) -> str:
        given = self.cleaned_data["secret"]
        if not given:
            return str(self.instance.secret)
        try:
            signing.key_of(given)
        except ValueError as error:
            raise forms.ValidationError(
                _("Use whsec_ and 24 to 64 bytes as base64.")
            ) from error
        return str(given)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_http = cleaned.get("kind") == Connector.Kind.HTTP
        inbound = cleaned.get("port") == Connector.Port.INBOUND
        if is_http and not inbound and not cleaned.get("url"):
            self.add_error("url", _("An HTTP connector needs an address."))
        if (is_http or inbound) and not cleaned.get("secret"):
            self.add_error("secret", _("A secret is needed."))
        moved = self.instance.pk and "url" in self.changed_data
        if moved and self.instance.secret and not self.data.get("secret"):
            self.add_error("secret", _("Enter the secret again for another address."))
        return cleaned


@admin.register(Connector)
class ConnectorAdmin(Admin):
    form = ConnectorForm
    list_display = ("port", "kind", "url", "active", "failures", "open_until")
    fields = ("port", ("kind", "active"), "url", "secret", ("failures", "open_until"))
    readonly_fields = ("failures", "open_until")

    def get_fields(self, request: HttpRequest, obj: Connector | None = None) -> Any:
        """Leave the secret out for those who may only look."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fields
        return tuple(name for name in self.fields if name != "secret")

    def save_model(
        self, request: HttpRequest, obj: Connector, form: Any, change: Any
    ) -> None:
        if {"url", "kind", "secret"} & set(form.changed_data):
            # Whoever failed before is not who is asked now.
            obj.failures, obj.open_until = 0, None
        super().save_model(request, obj, form, change)


@admin.register(ConnectorCall)
class ConnectorCallAdmin(NeverMadeByHand):
    list_display = (
        "order",
        "action",
        "amount",
        "state",
        "attempts",
        "due_at",
        "last_error",
        "created_at",
    )
    list_filter = ("state", "port", "action")
    list_select_related = ("order", "payment")
    search_fields = ("key", "order__number")
    actions = ("mark_done", "mark_failed", "retry")

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_act_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("orders.change_connectorcall")

    @admin.display(description=_("amount"))
    def amount(self, call: ConnectorCall) -> str:
        if call.payment is None:
            return "–"
        return f"{call.payment.amount:.2f} {call.order.currency}"

    @admin.action(description=_("Mark as done"), permissions=["act"])
    def mark_done(
        self, request: HttpRequest, rows: QuerySet[ConnectorCall]
    ) -> HttpResponse | None:
        rows = rows.filter(state=State.MANUAL)
        act = partial(self._act, request, payments.settled_by_hand)
        asked = _("Has this money been moved?")
        return self._ask(request, rows, "mark_done", asked, act)

    @admin.action(description=_("Mark as failed"), permissions=["act"])
    def mark_failed(
        self, request: HttpRequest, rows: QuerySet[ConnectorCall]
    ) -> HttpResponse | None:
        rows = rows.filter(state=State.MANUAL)
        act = partial(self._act, request, payments.failed_by_hand)
        asked = _("Can this money not be moved? The order keeps it then.")
        return self._ask(request, rows, "mark_failed", asked, act)

    @admin.action(description=_("Try again"), permissions=["act"])
    def retry(
        self, request: HttpRequest, rows: QuerySet[ConnectorCall]
    ) -> HttpResponse | None:
        rows = rows.filter(state=State.FAILED)
        act = partial(self._act, request, retrying.retry)
        asked = _("Shall this money be moved after all?")
        return self._ask(request, rows, "retry", asked, act)

    def _ask(
        self,
        request: HttpRequest,
        rows: QuerySet[ConnectorCall],
        action: str,
        asked: Any,
        act: Callable[[ConnectorCall], bool],
    ) -> HttpResponse | None:
        """Act on the rows after a yes; until then show the page that asks for it."""
        calls = list(rows.exclude(payment=None).select_related("order", "payment"))
        if calls and "yes" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": asked,
                "action": action,
                "calls": [(call, self.amount(call)) for call in calls],
            }
            return TemplateResponse(request, "orders/admin/ask_calls.html", context)
        count = sum(act(call) for call in calls)
        said = ngettext("%d call was changed.", "%d calls were changed.", count)
        level = messages.SUCCESS if count else messages.WARNING
        self.message_user(request, said % count, level)
        return None

    def _act(self, request: HttpRequest, do: Do, call: ConnectorCall) -> bool:
        by = By(at=timezone.now(), customer=None, actor=f"staff:{request.user}")
        try:
            do(call.order.number, call=call.key, by=by)
        except payments.CallIsOverError:
            return False
        except payments.NotArrivedError:
            said = _("See first what became of the charge of the order %(order)s.")
            self.message_user(request, said % {"order": call.order}, messages.ERROR)
            return False
        except retrying.MoneyGoneError:
            said = _("The order %(order)s no longer holds this money.")
            self.message_user(request, said % {"order": call.order}, messages.ERROR)
            return False
        except retrying.NothingOwedError:
            said = _("So much is no longer to be paid for the order %(order)s.")
            self.message_user(request, said % {"order": call.order}, messages.ERROR)
            return False
        return True


@admin.register(ShopEvent)
class ShopEventAdmin(NeverMadeByHand):
    list_display = ("received_at", "kind", "ref", "occurred_at", "ident")
    list_filter = ("kind", "received_at")
    search_fields = ("ident", "ref")

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False
