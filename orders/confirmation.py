"""A write is proposed first; the yes redeems exactly that proposal, once."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from orders.models import Confirmation, Customer
from orders.refusal import Code, Refusal

LIFETIME = timedelta(minutes=30)


def propose(
    action: str, parameters: Mapping[str, Any], *, customer: Customer, now: datetime
) -> str:
    """Store what would be done; return the token that a yes must bring back."""
    token = secrets.token_urlsafe(9)
    Confirmation.objects.create(
        token=token,
        action=action,
        customer=customer,
        parameters=dict(parameters),
        parameters_hash=_hash(action, parameters),
        expires_at=now + LIFETIME,
    )
    return token


def stands(
    token: str,
    action: str,
    parameters: Mapping[str, Any],
    *,
    customer: Customer,
    now: datetime,
) -> bool:
    """Whether a yes with this token would still be taken for exactly this."""
    return Confirmation.objects.filter(
        token=token,
        action=action,
        customer=customer,
        parameters_hash=_hash(action, parameters),
        used_at__isnull=True,
        expires_at__gt=now,
    ).exists()


def use(token: str, *, customer: Customer, now: datetime) -> Confirmation:
    """Use a confirmation up and return it, with the parameters that it allows.

    Inside the transaction of the write. Raises `Refusal` (NOT_CONFIRMED) when it is
    unknown, used, expired, another customer's, or was altered since.
    """
    # The conditional update is the lock: of two at once, one finds it used.
    open_ones = Confirmation.objects.filter(
        token=token, customer=customer, used_at__isnull=True, expires_at__gt=now
    )
    if not open_ones.update(used_at=now):
        raise Refusal(Code.NOT_CONFIRMED)
    found = Confirmation.objects.get(token=token)
    if found.parameters_hash != _hash(found.action, found.parameters):
        raise Refusal(Code.NOT_CONFIRMED)
    return found


def _hash(action: str, parameters: Mapping[str, Any]) -> str:
    text = json.dumps([action, dict(parameters)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
