"""What staff decide about a campaign: that it goes out, that it does not."""

from django.db import transaction

from bots.models import Campaign, Delivery

Status = Campaign.Status


def schedule(campaign: Campaign) -> bool:
    """Let a draft go out at its time; whether it was a draft."""
    return _move(campaign, [Status.DRAFT], Status.SCHEDULED)


@transaction.atomic
def cancel(campaign: Campaign) -> bool:
    """Stop a campaign, also in the middle: what has not left is taken back.

    Whether there was something to stop.
    """
    stopped = _move(campaign, [Status.SCHEDULED, Status.SENDING], Status.CANCELLED)
    if stopped:
        Delivery.objects.filter(
            message__campaign__campaign=campaign, state=Delivery.State.PENDING
        ).update(state=Delivery.State.CANCELLED, error="the campaign was cancelled")
    return stopped


def _move(campaign: Campaign, before: list[Status], after: Status) -> bool:
    """Change the status if it is still one of those before."""
    rows = Campaign.objects.filter(pk=campaign.pk, status__in=before)
    moved = bool(rows.update(status=after))
    if moved:
        campaign.status = after
    return moved
