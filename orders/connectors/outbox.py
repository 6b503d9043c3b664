"""Asks the outside for what was decided in a transaction, until there is an answer."""

import random
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from orders.connectors import breaker, carrier, kinds, payments
from orders.connectors.result import ByHand, Done, Failed, Refused, Result
from orders.models import Connector, ConnectorCall, Order

State = ConnectorCall.State

MAX_ATTEMPTS = 12
# An attempt that has not come back by then belongs to a dead worker.
LEASE = timedelta(seconds=60)
FIRST_WAIT = 60.0
LONGEST_WAIT = 6 * 3600.0


def due(now: datetime) -> QuerySet[ConnectorCall]:
    """What can be made now, the longest due first; not where the breaker is open."""
    closed = Connector.objects.filter(open_until__gt=now).values("port")
    calls = ConnectorCall.objects.filter(_is_free(now)).exclude(port__in=closed)
    # Left in, refunds that wait long would keep all others from their turn.
    waiting = Q(action=ConnectorCall.Action.REFUND) & Exists(
        _charges(OuterRef("order"), OuterRef("pk"))
    )
    return calls.exclude(waiting).order_by("due_at", "id")


def attempt(call_id: int, now: datetime) -> None:
    """Make one attempt, if the call is due and nobody else is at it."""
    claimed = claim(call_id, now)
    if claimed is None:
        return
    call, connector = claimed
    perform = kinds.KINDS[connector.kind]
    result = perform(connector, action=call.action, key=call.key, payload=call.payload)
    if call.action == ConnectorCall.Action.TRACK:
        result = carrier.read(result)
    settle(call, connector, result, timezone.now())


def claim(call_id: int, now: datetime) -> tuple[ConnectorCall, Connector] | None:
    """Take the call, counting the attempt before it is made."""
    with transaction.atomic():
        free = ConnectorCall.objects.select_for_update(of=("self",)).filter(
            _is_free(now), pk=call_id
        )
        call = free.select_related("order").first()
        if call is None or _waits_for_charge(call):
            return None
        connector = kinds.of(call.port)
        if not breaker.lets_through(connector, now):
            return None
        # The condition is the guard where rows cannot be locked.
        taken = ConnectorCall.objects.filter(_is_free(now), pk=call_id)
        if not taken.update(
            state=State.SENDING, attempts=F("attempts") + 1, started_at=now
        ):
            return None
        call.state, call.attempts, call.started_at = (
            State.SENDING,
            call.attempts + 1,
            now,
        )
    return call, connector


def settle(
    call: ConnectorCall, connector: Connector, result: Result, now: datetime
) -> None:
    """Write down what became of an attempt."""
    breaker.note(connector, result, now)
    match result:
        case Done(answer=answer):
            _done(call, answer, now)
        case ByHand():
            _ours(call).update(state=State.MANUAL)
        case Refused(reason=reason):
            _failed(call, reason[:300], now)
        case Failed():
            _try_again(call, result, now)


def wait(attempts: int) -> float:
    """Seconds until the next attempt: 1, 2, 4 … minutes, a little more or less."""
    doubled = FIRST_WAIT * (1 << min(attempts - 1, 20))
    return min(doubled, LONGEST_WAIT) * random.uniform(0.8, 1.2)


def _done(call: ConnectorCall, answer: dict[str, Any], now: datetime) -> None:
    if call.payment_id is None:
        carrier.told(call, answer, now)
        return
    with suppress(payments.CallIsOverError):
        payments.settled(
            call.order.number, call=call.key, answer=answer, by=payments.outside(now)
        )


def _failed(call: ConnectorCall, reason: str, now: datetime) -> None:
    if call.payment_id is None:
        _ours(call).update(
            state=State.FAILED, last_error=reason, due_at=now + carrier.EVERY
        )
        return
    with suppress(payments.CallIsOverError):
        payments.failed(
            call.order.number,
            call=call.key,
            attempt=call.attempts,
            reason=reason,
            by=payments.outside(now),
        )


def _try_again(call: ConnectorCall, result: Failed, now: datetime) -> None:
    if call.attempts >= MAX_ATTEMPTS:
        _failed(call, result.reason[:300], now)
        return
    seconds = max(wait(call.attempts), min(result.retry_after, LONGEST_WAIT))
    _ours(call).update(
        state=State.PENDING,
        due_at=now + timedelta(seconds=seconds),
        last_error=result.reason[:300],
    )


def _ours(call: ConnectorCall) -> QuerySet[ConnectorCall]:
    """The call, unless another worker has taken it over meanwhile."""
    return ConnectorCall.objects.filter(
        pk=call.pk, state=State.SENDING, attempts=call.attempts
    )


def _is_free(now: datetime) -> Q:
    is_due = Q(state=State.PENDING, due_at__lte=now)
    abandoned = Q(state=State.SENDING, started_at__lte=now - LEASE)
    return is_due | abandoned


def _waits_for_charge(call: ConnectorCall) -> bool:
    """Money that is not there yet cannot be given back."""
    if call.action != ConnectorCall.Action.REFUND:
        return False
    return _charges(call.order_id, call.pk).exists()


def _charges(order: Any, refund: Any) -> QuerySet[ConnectorCall]:
    """The charges that a refund waits for: of the order, booked before, without an end.

    A cancelled order gives back only what is there: nothing is waited for.
    """
    charges = ConnectorCall.objects.under_way().filter(
        action=ConnectorCall.Action.CHARGE
    )
    standing = charges.exclude(order__status=Order.Status.CANCELLED)
    return standing.filter(order=order, pk__lt=refund)
