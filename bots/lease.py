"""One worker at a time on a conversation: a lease that ends by itself, and a fence."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from bots.models import Conversation

DURATION = timedelta(seconds=20)


@dataclass(frozen=True, kw_only=True)
class Lease:
    """`tries`: leases in a row, this one included, that ended without their work."""

    conversation_id: int
    fence: int
    tries: int


@transaction.atomic
def acquire(conversation_id: int, now: datetime) -> Lease | None:
    """Take the lease, or None where another holds it.

    The try is counted before the work: work that kills its process is known by it.
    """
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    taken = Conversation.objects.filter(free, pk=conversation_id).update(
        lease_until=now + DURATION, fence=F("fence") + 1, tries=F("tries") + 1
    )
    if not taken:
        return None
    row = Conversation.objects.only("fence", "tries").get(pk=conversation_id)
    return Lease(conversation_id=conversation_id, fence=row.fence, tries=row.tries)


def release(lease: Lease, *, done: bool) -> None:
    """Give the lease back, if it is still ours; `done` forgets the tries."""
    Conversation.objects.filter(pk=lease.conversation_id, fence=lease.fence).update(
        lease_until=None, tries=0 if done else F("tries")
    )


def release_all() -> None:
    """Forget every lease: at the start of a process that is the only one."""
    Conversation.objects.filter(lease_until__isnull=False).update(lease_until=None)
