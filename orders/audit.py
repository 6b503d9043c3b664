"""The record of every write: who, on whose behalf, what was there before and after."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from orders.models import AuditEntry, Customer


def record(
    action: str,
    object_ref: str,
    *,
    actor: str,
    customer: Customer | None,
    at: datetime,
    arguments: Mapping[str, Any],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    confirmation: str = "",
) -> AuditEntry:
    """Write it down; called inside the transaction of the write."""
    return AuditEntry.objects.create(
        action=action,
        object_ref=object_ref,
        actor=actor,
        customer=customer,
        at=at,
        arguments=dict(arguments),
        before=dict(before),
        after=dict(after),
        confirmation=confirmation,
    )
