"""The variants of a product: a form of a while ago writes over nothing."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders import audit
from orders.acting import By
from orders.admin.base import Rows
from orders.models import Product, Variant

# What sales and the shop's system change while a page is open.
_MOVING = ("price", "stock")


class VariantForm(forms.ModelForm):  # type: ignore[type-arg]
    """Writes only what was changed in it, and only over what was seen in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._moving():
            self.fields[name].show_hidden_initial = True

    def clean_options(self) -> dict[str, str]:
        given = self.cleaned_data["options"] or {}
        if not isinstance(given, dict) or not all(
            isinstance(value, str) for value in given.values()
        ):
            raise forms.ValidationError(_("Give an object of texts."))
        return given

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk:
            for name in self._moving():
                self._keep(name, cleaned)
        return cleaned

    def _moving(self) -> list[str]:
        # Where the row may only be looked at, it has no fields.
        return [name for name in _MOVING if name in self.fields]

    def _keep(self, name: str, cleaned: dict[str, Any]) -> None:
        now = getattr(self.instance, name)
        if name not in self.changed_data:
            cleaned[name] = now
        elif name in cleaned and self._seen(name) != now:
            said = _("Changed since you opened the page: now it is %(now)s. Reload it.")
            self.add_error(name, said % {"now": now})

    def _seen(self, name: str) -> int | Decimal | None:
        """What the page showed when it was opened."""
        field = self.fields[name]
        key = self[name].html_initial_name
        seen = field.hidden_widget().value_from_datadict(self.data, self.files, key)
        try:
            value: int | Decimal | None = field.to_python(seen)
        except forms.ValidationError:
            return None
        return value


class VariantRows(Rows):
    model = Variant
    form = VariantForm
    fields = ("sku", "options", "price", "stock")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Variant]:
        rows: QuerySet[Variant] = super().get_queryset(request)
        # What is compared with what was seen stays so until it is written.
        return rows.select_for_update() if request.method == "POST" else rows


def record(product: Product, rows: Any, request: HttpRequest) -> None:
    """Audit what was changed of stocks and prices; `rows` is the saved formset."""
    changed = [form for form in rows.initial_forms if form.has_changed()]
    before = {form.instance.sku: _moved(form, form.initial) for form in changed}
    after = {form.instance.sku: _moved(form, form.cleaned_data) for form in changed}
    before = {sku: values for sku, values in before.items() if values}
    if before:
        audit.record(
            "change_variants",
            product.ref,
            by=By(at=timezone.now(), customer=None, actor=f"staff:{request.user}"),
            result=product,
            arguments={},
            before=before,
            after={sku: after[sku] for sku in before},
        )


def _moved(form: VariantForm, values: dict[str, Any]) -> dict[str, str]:
    return {name: str(values[name]) for name in _MOVING if name in form.changed_data}
