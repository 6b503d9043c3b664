"""One worker at a time on a conversation: a lease that ends by itself, and a fence."""

from datetime import datetime, timedelta

from django.db.models import F, Q

from bots.models import Conversation

DURATION = timedelta(seconds=20)


def acquire(conversation_id: int, now: datetime) -> int | None:
    """Take the lease; return its fence number, or None where another holds it."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    taken = Conversation.objects.filter(free, pk=conversation_id).update(
        lease_until=now + DURATION, fence=F("fence") + 1
    )
    if not taken:
        return None
    return Conversation.objects.values_list("fence", flat=True).get(pk=conversation_id)


def release(conversation_id: int, fence: int) -> None:
    """Give the lease back, if it is still ours."""
    Conversation.objects.filter(pk=conversation_id, fence=fence).update(
        lease_until=None
    )


def release_all() -> None:
    """Forget every lease: at the start of a process that is the only one."""
    Conversation.objects.filter(lease_until__isnull=False).update(lease_until=None)
