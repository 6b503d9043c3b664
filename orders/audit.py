"""The record of every write: who, on whose behalf, what was there before and after."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import models

from orders import details
from orders.acting import By
from orders.models import AuditEntry, Case, Customer, Order, Payment, Product

Row = TypeVar("Row", bound=models.Model)


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
    seen = details.read(order)
    return {
        "status": order.status,
        "address": order.address,
        "delivery": [
            order.delivery_method,
            str(order.deliver_on or ""),
            order.delivery_note,
        ],
        "lines": [
            [line.variant.sku, line.quantity, str(line.unit_price)]
            for line in _by_key(seen.lines.all())
        ],
        "payments": [_payment(payment) for payment in _by_key(seen.payments.all())],
        "cases": [_case(case) for case in _by_key(seen.cases.all())],
    }


def _by_key(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.pk)


def _payment(payment: Payment) -> list[str | None]:
    method = payment.method
    return [
        payment.kind,
        str(payment.amount),
        method.ref if method else None,
        payment.state,
    ]


def _case(case: Case) -> dict[str, Any]:
    amount = case.refund_amount
    return {
        "ref": case.ref,
        "kind": case.kind,
        "status": case.status,
        "refund": None if amount is None else str(amount),
    }
