"""What staff fill in before an action: each form makes the tool's arguments."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from orders import pieces, policy
from orders.acting import By
from orders.models import Case, Order, PaymentMethod, Variant
from orders.pieces import Pieces


class ActForm(forms.Form):
    """Nothing to fill in: only a yes is asked for."""

    def __init__(self, subject: Any, by: By, data: Any = None) -> None:
        super().__init__(data)
        self.subject = subject
        self.by = by
        self.prepare()
        for field in self.fields.values():
            _dress(field)

    def prepare(self) -> None:
        """Fill choices and initial values in from the subject."""

    def arguments(self) -> dict[str, Any]:
        """What was filled in, as the tool takes it."""
        return {}


class CancelForm(ActForm):
    reason = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def prepare(self) -> None:
        reasons = policy.in_force(self.by.at).cancel_reasons
        _choices(self, "reason", [(name, name.replace("_", " ")) for name in reasons])

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AddressForm(ActForm):
    recipient = forms.CharField(label=_("Recipient"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False)
    line1 = forms.CharField(label=_("Street"), max_length=200)
    line2 = forms.CharField(label=_("Second line"), max_length=200, required=False)
    city = forms.CharField(label=_("City"), max_length=100)
    region = forms.CharField(label=_("Region"), max_length=100, required=False)
    country = forms.CharField(label=_("Country"), max_length=100, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)

    def prepare(self) -> None:
        for name, value in self.subject.address.items():
            if name in self.fields:
                self.fields[name].initial = value

    def arguments(self) -> dict[str, Any]:
        return {"address": dict(self.cleaned_data)}


class PaymentForm(ActForm):
    method = forms.ChoiceField(label=_("Pay with"))

    def prepare(self) -> None:
        _choices(self, "method", _methods(self.subject))

    def arguments(self) -> dict[str, Any]:
        return {"method": self.cleaned_data["method"]}


class DeliveryForm(ActForm):
    method = forms.ChoiceField(label=_("Delivery"), required=False)
    on = forms.DateField(
        label=_("Deliver on"), required=False, widget=widgets.UnfoldAdminDateWidget
    )
    note = forms.CharField(label=_("Delivery note"), max_length=300, required=False)

    def prepare(self) -> None:
        fees = policy.in_force(self.by.at).delivery_methods
        offered = [(name, f"{name} ({fee})") for name, fee in fees.items()]
        _choices(self, "method", [("", _("as it is")), *offered])

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "method": given["method"] or None,
            "on": given["on"].isoformat() if given["on"] else None,
            "note": given["note"] or None,
        }


class ItemsForm(ActForm):
    """How many pieces of each line; with why, and where the money goes."""

    grounds: tuple[Case.Ground, ...] = ()

    def prepare(self) -> None:
        for row in pieces.free(self.subject):
            self.fields[f"line_{row.line.pk}"] = forms.IntegerField(
                label=_named(row),
                min_value=0,
                max_value=row.quantity,
                initial=0,
                required=False,
            )
        if self.grounds:
            labels = [(ground.value, ground.label) for ground in self.grounds]
            self.fields["ground"] = forms.ChoiceField(label=_("Ground"), choices=labels)
        self.fields["reason"] = forms.CharField(
            label=_("Reason"), max_length=500, required=False
        )

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        items = [
            {"sku": row.line.variant.sku, "quantity": given[f"line_{row.line.pk}"]}
            for row in pieces.free(self.subject)
            if given.get(f"line_{row.line.pk}")
        ]
        grounds = {"ground": given["ground"]} if self.grounds else {}
        return {"items": items, "reason": given["reason"], **grounds}


class ReturnForm(ItemsForm):
    grounds = (
        Case.Ground.CHANGED_MIND,
        Case.Ground.NOT_AS_DESCRIBED,
        Case.Ground.DEFECTIVE,
        Case.Ground.DAMAGED,
        Case.Ground.WRONG_ITEM,
    )


class RefundForm(ItemsForm):
    grounds = (Case.Ground.LOST, Case.Ground.DAMAGED, Case.Ground.WRONG_ITEM)


class SwapForm(ActForm):
    """What each piece shall become."""

    def prepare(self) -> None:
        for row in self._rows():
            others = Variant.objects.filter(product=row.line.product_id)
            offered = [(v.sku, f"{_options(v)} · {v.price}") for v in others]
            self.fields[f"new_{row.line.pk}"] = forms.ChoiceField(
                label=_named(row),
                choices=[("", _("as it is")), *offered],
                required=False,
            )
            self.fields[f"count_{row.line.pk}"] = forms.IntegerField(
                label=_("Pieces"),
                min_value=1,
                max_value=row.quantity,
                initial=row.quantity,
            )
        self.fields["method"] = forms.ChoiceField(
            label=_("Difference charged or paid back to"),
            choices=_methods(self.subject),
        )

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        swaps = [
            {
                "sku": row.line.variant.sku,
                "new_sku": given[f"new_{row.line.pk}"],
                "quantity": given[f"count_{row.line.pk}"],
            }
            for row in self._rows()
            if given.get(f"new_{row.line.pk}")
        ]
        return {"swaps": swaps, "method": given["method"]}

    def _rows(self) -> list[Pieces]:
        return pieces.free(self.subject)


class RejectForm(ActForm):
    decision = forms.CharField(
        label=_("Why, in a sentence for the shopper"),
        max_length=500,
        widget=widgets.UnfoldAdminTextareaWidget,
    )

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def _dress(field: forms.Field) -> None:
    """Give the field the console's looks."""
    match field:
        case forms.ChoiceField():
            field.widget = widgets.UnfoldAdminSelectWidget(choices=field.choices)
        case forms.IntegerField():
            field.widget = widgets.UnfoldAdminIntegerFieldWidget()
        case forms.CharField() if not isinstance(field.widget, forms.Textarea):
            field.widget = widgets.UnfoldAdminTextInputWidget()


def _choices(form: ActForm, name: str, choices: list[tuple[Any, Any]]) -> None:
    field: Any = form.fields[name]
    field.choices = choices


def _methods(order: Order) -> list[tuple[str, str]]:
    return [(method.ref, _method(method)) for method in _own(order)]


def _own(order: Order) -> Iterator[PaymentMethod]:
    yield from PaymentMethod.objects.filter(customer=order.customer_id).order_by("pk")


def _method(method: PaymentMethod) -> str:
    return f"{method} ({method.balance})" if method.balance is not None else str(method)


def _named(row: Pieces) -> str:
    return f"{row.line.product} · {_options(row.line.variant)} × {row.quantity}"


def _options(variant: Variant) -> str:
    return " ".join(map(str, variant.options.values())) or variant.sku
