"""A campaign leaves the channel room for replies."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from bots.campaigns import sending
from bots.models import Campaign, Channel, Delivery, Message
from tests.bots.campaigns import people

pytestmark = pytest.mark.django_db

Status = Campaign.Status


@pytest.fixture
def still() -> Iterator[None]:
    """The clock stands, so that moments can be compared exactly."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


def send(campaign: Campaign) -> int:
    return sending.send(campaign.pk, timezone.now())


def status(campaign: Campaign) -> str:
    return Campaign.objects.get(pk=campaign.pk).status


def holds(on: Channel) -> list[float]:
    now = timezone.now()
    times = Delivery.objects.filter(conversation__channel=on).order_by("not_before")
    return [
        round((at - now).total_seconds(), 3)
        for at in times.values_list("not_before", flat=True)
    ]


@pytest.mark.usefixtures("still")
def test_twenty_a_second_on_each_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    first, second = people.crowd(5), people.crowd(3)

    send(people.campaign())

    assert holds(first) == [0.0, 0.05, 0.1, 0.15, 0.2]
    assert holds(second) == [0.0, 0.05, 0.1]


@pytest.mark.usefixtures("still")
def test_two_campaigns_share_the_pace() -> None:
    on = people.crowd(2)
    send(people.campaign())
    send(people.campaign(name="Winter"))

    assert holds(on) == [0.0, 0.05, 0.1, 0.15]


@pytest.mark.usefixtures("still")
def test_one_that_waits_after_a_refusal_does_not_slow_the_rest() -> None:
    on = people.crowd(1)
    send(people.campaign())
    later = timezone.now() + timedelta(minutes=10)
    Delivery.objects.update(attempts=1, not_before=later)
    send(people.campaign(name="Winter"))

    assert holds(on) == [0.0, 600.0]


@pytest.mark.usefixtures("still")
def test_writes_no_further_ahead_than_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "AHEAD", timedelta(seconds=0.1))
    on = people.crowd(5)
    campaign = people.campaign()

    assert send(campaign) == 3
    assert status(campaign) == Status.SENDING
    # Nothing has left yet: there is no room for more.
    assert send(campaign) == 0

    Delivery.objects.update(state=Delivery.State.SENT)
    assert send(campaign) == 2
    assert status(campaign) == Status.DONE
    assert Message.objects.filter(conversation__channel=on).count() == 5
