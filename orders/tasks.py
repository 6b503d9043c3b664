"""The calls to the outside, and the sweeper that forgets none of them.

Every task may run twice, late, or at the same time as itself: the database decides
what is left to do.
"""

from celery import shared_task
from django.utils import timezone

from orders.connectors import following, outbox, queue

# Of one round; what is left has its turn in the next.
MOST = 200


@shared_task
def make_call(*, call_id: int) -> None:
    """Ask the outside once for what this call is about, if it is due."""
    outbox.attempt(call_id, timezone.now())


@shared_task
def sweep_calls() -> None:
    """Pick up what is due: first attempts whose task was lost, and all repeats."""
    due = outbox.due(timezone.now()).values_list("pk", flat=True)
    for call_id in due[:MOST]:
        queue.wake(call_id)


@shared_task
def follow_parcels() -> None:
    """Ask the carriers for news of the parcels whose turn it is."""
    following.follow(timezone.now())
