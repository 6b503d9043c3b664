"""Which tool each button calls, and the form that it needs."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from orders.admin.acts import forms


@dataclass(frozen=True, kw_only=True)
class Act:
    tool: str
    label: Any
    form: type[forms.ActForm] = forms.ActForm


ORDER_ACTS = (
    Act(tool="cancel_order", label=_("Cancel the order"), form=forms.CancelForm),
    Act(tool="change_address", label=_("Change address"), form=forms.AddressForm),
    Act(tool="change_payment", label=_("Change payment"), form=forms.PaymentForm),
    Act(tool="change_items", label=_("Change items"), form=forms.SwapForm),
    Act(tool="change_delivery", label=_("Change delivery"), form=forms.DeliveryForm),
    Act(tool="open_return", label=_("Open a return"), form=forms.ReturnForm),
    Act(tool="open_exchange", label=_("Open an exchange"), form=forms.SwapForm),
    Act(tool="open_repair", label=_("Open a repair"), form=forms.ItemsForm),
    Act(tool="open_refund", label=_("Refund without return"), form=forms.RefundForm),
)
CASE_ACTS = (
    Act(tool="approve_case", label=_("Approve")),
    Act(tool="reject_case", label=_("Reject"), form=forms.RejectForm),
    Act(tool="receive_case", label=_("Goods are back")),
    Act(tool="complete_case", label=_("Complete")),
)
