"""What the shop's terms are filled in with: checked, since once in force they stay."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from orders.importing import values
from orders.importing.errors import LineError
from orders.models import Case

# A hundred years; empty is for ever.
_LONGEST = 36_500
_WINDOWS = ("return_days", "exchange_days", "warranty_days")
_AMOUNTS = ("return_shipping_fee", "approval_limit", "cancel_approval_limit")


class TermsForm(forms.ModelForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Where the row may only be looked at, it has no fields.
        for name in self.fields.keys() & {*_WINDOWS}:
            self.fields[name].validators.append(MaxValueValidator(_LONGEST))
        for name in self.fields.keys() & {*_AMOUNTS}:
            self.fields[name].validators.append(MinValueValidator(Decimal()))

    def clean_cancel_reasons(self) -> list[str]:
        return _names(self.cleaned_data["cancel_reasons"])

    def clean_evidence_grounds(self) -> list[str]:
        given = _names(self.cleaned_data["evidence_grounds"] or [])
        for ground in set(given) - set(Case.Ground.values):
            raise forms.ValidationError(
                _("unknown value “%(value)s”, must be one of: %(known)s")
                % {"value": ground, "known": ", ".join(Case.Ground.values)}
            )
        return given

    def clean_delivery_methods(self) -> dict[str, str]:
        given = self.cleaned_data["delivery_methods"]
        if not isinstance(given, dict):
            raise forms.ValidationError(_("Give an object."))
        try:
            return {name: str(values.amount(fee)) for name, fee in given.items()}
        except LineError as error:
            raise forms.ValidationError(str(error)) from error


def _names(given: object) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise forms.ValidationError(_("Give a list of texts."))
    return given
