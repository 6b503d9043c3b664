"""What is asked of the outside: stored in a transaction, enqueued after it."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerDown
from redis import RedisError

from orders.connectors import kinds
from orders.models import Connector, ConnectorCall
from orders.models.connector import new_key

logger = logging.getLogger(__name__)

State = ConnectorCall.State


def put(call: ConnectorCall) -> None:
    """Store a call inside the caller's transaction and have it made after that."""
    by_hand = kinds.of(call.port).kind == Connector.Kind.MANUAL
    call.state = State.MANUAL if by_hand else State.PENDING
    call.due_at = timezone.now()
    call.save()
    if not by_hand:
        wake(call.pk)


def again(call: ConnectorCall) -> bool:
    """Make a call that is over once more, from the start; whether it was over."""
    by_hand = kinds.of(call.port).kind == Connector.Kind.MANUAL
    over = ConnectorCall.objects.filter(
        pk=call.pk, state__in=[State.DONE, State.FAILED]
    )
    # A payment keeps its key: it may have been carried out after all.
    key = call.key if call.payment_id else new_key()
    if not over.update(
        state=State.MANUAL if by_hand else State.PENDING,
        key=key,
        attempts=0,
        due_at=timezone.now(),
    ):
        return False
    if not by_hand:
        wake(call.pk)
    return True


def wake(call_id: int) -> None:
    """Have the call made once the transaction is committed."""
    transaction.on_commit(partial(_enqueue, call_id))


def _enqueue(call_id: int) -> None:
    """Enqueue; a dead broker is no error, since the sweeper looks too."""
    try:
        current_app.send_task("orders.tasks.make_call", kwargs={"call_id": call_id})
    except (BrokerDown, RedisError):
        logger.warning("the broker does not take it; the sweeper will see to it")
