"""The record of every write: who, on whose behalf, what was there before and after."""

from collections.abc import Mapping
from typing import Any

from orders.acting import By
from orders.models import AuditEntry, Case, Customer, Order, Product


def record(
    action: str,
    object_ref: str,
    *,
    by: By,
    result: Order | Case | Customer | Product,
    arguments: Mapping[str, Any],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> AuditEntry:
    """Write it down; called inside the transaction of the write."""
    kind = type(result).__name__.lower()
    return AuditEntry.objects.create(
        action=action,
        object_ref=object_ref,
        result_ref=f"{kind}:{ref(result)}",
        actor=by.actor,
        customer=by.customer,
        at=by.at,
        key=by.key,
        arguments=dict(arguments),
        before=dict(before),
        after=dict(after),
        confirmation=by.confirmation,
    )


def first(key: str) -> AuditEntry | None:
    """The write that used this key; "" is no key."""
    return AuditEntry.objects.filter(key=key).first() if key else None


def result_of(entry: AuditEntry) -> Order | Case | Customer:
    """What the write returned, as it is now."""
    kind, _, name = entry.result_ref.partition(":")
    if kind == "case":
        return Case.objects.select_related("order").get(ref=name)
    if kind == "customer":
        return Customer.objects.get(ref=name)
    return Order.objects.get(number=name)


def ref(subject: Order | Case | Customer | Product) -> str:
    return subject.number if isinstance(subject, Order) else subject.ref


def snapshot(subject: Order | Case | Customer) -> dict[str, Any]:
    """What a write may change of it, as JSON."""
    match subject:
        case Order():
            return _order(subject)
        case Case():
            return _case(subject) | {"order": _order(subject.order)}
        case Customer():
            return {"address": subject.address}


def _order(order: Order) -> dict[str, Any]:
    lines = order.lines.order_by("pk").values_list(
        "variant__sku", "quantity", "unit_price"
    )
    payments = order.payments.order_by("pk").values_list(
        "kind", "amount", "method__ref", "state"
    )
    return {
        "status": order.status,
        "address": order.address,
        "delivery": [
            order.delivery_method,
            str(order.deliver_on or ""),
            order.delivery_note,
        ],
        "lines": [[sku, quantity, str(price)] for sku, quantity, price in lines],
        "payments": [
            [kind, str(amount), method, state]
            for kind, amount, method, state in payments
        ],
        "cases": [_case(case) for case in order.cases.order_by("pk")],
    }


def _case(case: Case) -> dict[str, Any]:
    amount = case.refund_amount
    return {
        "ref": case.ref,
        "kind": case.kind,
        "status": case.status,
        "refund": None if amount is None else str(amount),
    }
