"""What an action would do, in lines to read before the yes."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from orders import audit, tools
from orders.acting import By
from orders.models import Case, Order


def preview(
    subject: Order | Case, tool: str, arguments: Mapping[str, Any], by: By
) -> list[str]:
    """Rehearse an action and list what it changed; raises `Refusal`."""
    order = subject.order if isinstance(subject, Case) else subject
    before = audit.snapshot(order)
    with transaction.atomic():
        tools.call(tool, arguments, by=by)
        after = audit.snapshot(Order.objects.get(pk=order.pk))
        transaction.set_rollback(True)
    return [
        *_order(before, after),
        *_money(order, before["payments"], after["payments"]),
        *_cases(before["cases"], after["cases"]),
    ]


def _order(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    said = []
    if before["status"] != after["status"]:
        old, new = (str(Order.Status(one["status"]).label) for one in (before, after))
        said.append(_became(_("Order"), old, new))
    if before["address"] != after["address"]:
        new = " ".join(str(part) for part in after["address"].values() if part)
        said.append(_became(_("Address"), "", new))
    if before["delivery"] != after["delivery"]:
        new = " ".join(part for part in after["delivery"] if part)
        said.append(_became(_("Delivery"), "", new))
    for sku, quantity, price in _more(before["lines"], after["lines"]):
        said.append(f"+ {quantity} × {sku} ({price})")
    for sku, quantity, price in _more(after["lines"], before["lines"]):
        said.append(f"- {quantity} × {sku} ({price})")
    return said


def _money(order: Order, before: list[Any], after: list[Any]) -> list[str]:
    methods = {one.ref: str(one) for one in order.customer.payment_methods.all()}
    said = []
    for kind, amount, ref, _state in _more(before, after):
        name = _("Refund") if kind == "refund" else _("Payment")
        said.append(f"{name}: {amount} → {methods.get(ref, ref or '?')}")
    return said


def _cases(before: list[Any], after: list[Any]) -> list[str]:
    known = {case["ref"]: case for case in before}
    said = []
    for case in after:
        old = known.get(case["ref"])
        if old is None:
            refund = f", {case['refund']}" if case["refund"] else ""
            kind = Case.Kind(case["kind"]).label
            said.append(_("New case: %(kind)s") % {"kind": kind} + refund)
        elif old["status"] != case["status"]:
            was, new = (str(Case.Status(one["status"]).label) for one in (old, case))
            said.append(_became(case["ref"], was, new))
    return said


def _became(name: str, old: str, new: str) -> str:
    return f"{name}: {old} → {new}" if old else f"{name}: {new}"


def _more(few: list[Any], many: list[Any]) -> list[Any]:
    """What is in `many` more often than in `few`."""
    left = Counter(map(tuple, many)) - Counter(map(tuple, few))
    return sorted(left.elements(), key=str)
