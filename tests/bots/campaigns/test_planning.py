"""Staff schedule a campaign and stop it."""

import pytest
from django.utils import timezone

from bots.campaigns import planning, sending
from bots.models import Campaign, Delivery
from tests.bots.campaigns import people

pytestmark = pytest.mark.django_db

Status = Campaign.Status


@pytest.mark.parametrize("before", Status)
def test_only_a_draft_is_scheduled(before: Status) -> None:
    campaign = people.campaign(status=before)

    assert planning.schedule(campaign) == (before == Status.DRAFT)
    campaign.refresh_from_db()
    assert campaign.status == (Status.SCHEDULED if before == Status.DRAFT else before)


@pytest.mark.parametrize("before", Status)
def test_what_is_to_go_out_is_cancelled(before: Status) -> None:
    campaign = people.campaign(status=before)
    can_stop = before in {Status.SCHEDULED, Status.SENDING}

    assert planning.cancel(campaign) == can_stop
    campaign.refresh_from_db()
    assert campaign.status == (Status.CANCELLED if can_stop else before)


def test_takes_back_what_has_not_left() -> None:
    for _ in range(2):
        people.contact(people.channel(), consent=True)
    campaign = people.campaign()
    sending.send(campaign.pk, timezone.now())
    Campaign.objects.update(status=Status.SENDING)
    gone, _ = Delivery.objects.all()
    Delivery.objects.filter(pk=gone.pk).update(state=Delivery.State.SENT)

    planning.cancel(campaign)

    states = Delivery.objects.values_list("state", flat=True)
    assert sorted(states) == [Delivery.State.CANCELLED, Delivery.State.SENT]
