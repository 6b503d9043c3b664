"""A campaign is written once a person, at its pace, whatever happens meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from bots import consent, outbox
from bots.campaigns import sending
from bots.campaigns.audience import audience
from bots.messages import Outgoing, SendResult, Sent
from bots.models import (
    Campaign,
    CampaignRecipient,
    Conversation,
    Delivery,
    Message,
)
from tests.bots.campaigns import people

pytestmark = pytest.mark.django_db

Status = Campaign.Status


def send(campaign: Campaign) -> int:
    return sending.send(campaign.pk, timezone.now())


def status(campaign: Campaign) -> str:
    return Campaign.objects.get(pk=campaign.pk).status


# --- starting


@pytest.mark.parametrize(
    ("before", "seconds", "after"),
    [
        (Status.SCHEDULED, -1, Status.SENDING),
        (Status.SCHEDULED, 0, Status.SENDING),
        (Status.SCHEDULED, 60, Status.SCHEDULED),
        (Status.DRAFT, -1, Status.DRAFT),
        (Status.CANCELLED, -1, Status.CANCELLED),
        (Status.DONE, -1, Status.DONE),
    ],
)
def test_starts_what_is_scheduled_and_due(
    before: str, seconds: int, after: str
) -> None:
    now = timezone.now()
    campaign = people.campaign(status=before, send_at=now + timedelta(seconds=seconds))

    started = sending.start_due(now)

    assert status(campaign) == after
    assert started == ([campaign.pk] if after == Status.SENDING else [])


def test_returns_what_was_started_before() -> None:
    campaign = people.campaign(status=Status.SENDING)

    assert sending.start_due(timezone.now()) == [campaign.pk]


# --- writing


def test_writes_a_promotion_with_a_way_out() -> None:
    people.contact(people.channel(), consent=True, language="zh")
    campaign = people.campaign()

    assert send(campaign) == 1

    message = Message.objects.get()
    assert (message.sender, message.text, message.language) == ("bot", "九折", "zh")
    assert message.buttons == [{"label": "不再接收", "value": "promotions:off"}]
    assert message.delivery.lane == Delivery.Lane.PROMO


def test_says_it_in_the_other_language_where_there_is_one_text() -> None:
    people.contact(people.channel(), consent=True, language="zh")

    send(people.campaign(text_zh=""))

    message = Message.objects.get()
    assert message.text == "Ten percent off"
    assert message.buttons[0]["label"] == "不再接收"


def test_every_language_has_its_way_out() -> None:
    assert sending.STOP.keys() == {"zh", "en"}
    assert {button.value for button in sending.STOP.values()} == {"promotions:off"}


def test_is_done_when_everybody_has_it() -> None:
    people.crowd(3)
    campaign = people.campaign()

    assert send(campaign) == 3
    assert status(campaign) == Status.DONE


def test_is_done_when_nobody_wants_it() -> None:
    campaign = people.campaign()

    assert send(campaign) == 0
    assert status(campaign) == Status.DONE


@pytest.mark.parametrize(
    "other", [Status.DRAFT, Status.SCHEDULED, Status.CANCELLED, Status.DONE]
)
def test_writes_nothing_unless_it_is_being_sent(other: str) -> None:
    people.crowd(1)
    campaign = people.campaign(status=other)

    assert send(campaign) == 0
    assert status(campaign) == other
    assert not Message.objects.exists()


def test_twice_is_once() -> None:
    people.crowd(3)
    campaign = people.campaign()
    send(campaign)
    Campaign.objects.update(status=Status.SENDING)

    assert send(campaign) == 0
    assert Message.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_four_at_once_write_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 3)
    people.crowd(20)
    campaign = people.campaign()

    def run(_: int) -> int:
        try:
            return send(campaign)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(run, range(4)))

    assert sum(written) == 20
    assert CampaignRecipient.objects.count() == Message.objects.count() == 20
    assert status(campaign) == Status.DONE


def test_goes_on_after_a_crash_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    people.crowd(7)
    campaign = people.campaign()
    put, calls = outbox.put, []

    def dies_at_the_sixth(*args: Any, **kwargs: Any) -> Message:
        calls.append(args)
        if len(calls) == 6:
            raise MemoryError
        return put(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "put", dies_at_the_sixth)
        with pytest.raises(MemoryError):
            send(campaign)
    # Whole batches only: a message is there with its recipient or not at all.
    assert Message.objects.count() == CampaignRecipient.objects.count() == 4
    assert status(campaign) == Status.SENDING

    assert send(campaign) == 3
    assert Message.objects.count() == CampaignRecipient.objects.count() == 7
    assert status(campaign) == Status.DONE


def test_stops_when_it_is_cancelled_in_the_middle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    people.crowd(6)
    campaign = people.campaign()
    put = outbox.put

    def cancels(*args: Any, **kwargs: Any) -> Message:
        Campaign.objects.update(status=Status.CANCELLED)
        return put(*args, **kwargs)

    monkeypatch.setattr(outbox, "put", cancels)

    assert send(campaign) == 2
    assert status(campaign) == Status.CANCELLED


def test_a_talk_taken_over_meanwhile_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people.crowd(1)
    campaign = people.campaign()

    def then_taken_over(campaign: Campaign) -> list[Any]:
        found = audience(campaign)
        Conversation.objects.update(owner=Conversation.Owner.HUMAN)
        return found

    monkeypatch.setattr(sending, "audience", then_taken_over)

    assert send(campaign) == 0
    assert not Message.objects.exists()


# --- leaving


def test_who_says_stop_before_it_leaves_gets_nothing() -> None:
    people.crowd(1)
    send(people.campaign())
    delivery = Delivery.objects.select_related("conversation__contact").get()
    contact = delivery.conversation.contact
    consent.set_consent(contact, False, source="STOP", now=timezone.now())
    # As if it had been written a moment after the word.
    Delivery.objects.update(state=Delivery.State.PENDING)
    left: list[Outgoing] = []

    def post(_: Conversation, message: Outgoing) -> SendResult:
        left.append(message)
        return Sent()

    outbox.deliver(delivery.conversation_id, post)

    assert left == []
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.CANCELLED


def test_a_batch_costs_the_same_queries_however_many(
    django_assert_max_num_queries: Any,
) -> None:
    people.crowd(10)
    campaign = people.campaign()

    # Three rows a person, and a dozen around them.
    with django_assert_max_num_queries(10 * 3 + 12):
        send(campaign)
