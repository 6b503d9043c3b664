"""Staff write a campaign, schedule it, stop it, and see how it went."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bots.campaigns import sending
from bots.groups import MANAGER
from bots.models import Campaign, Delivery
from tests.bots.campaigns import people

pytestmark = pytest.mark.django_db

Login = Callable[..., Client]
Status = Campaign.Status

ADD = "admin:bots_campaign_add"
LIST = "admin:bots_campaign_changelist"


def page(campaign: Campaign) -> str:
    return reverse("admin:bots_campaign_change", args=[campaign.pk])


def form(**fields: str) -> dict[str, str]:
    return {
        "name": "Tea week",
        "text_zh": "九折",
        "text_en": "Ten percent off",
        "tags": "vip, 老客户，west",
        "preferences": "",
        "send_at_0": "2026-12-01",
        "send_at_1": "09:00:00",
        **fields,
    }


def act(client: Client, name: str, campaign: Campaign) -> Any:
    answer = client.post(
        reverse(LIST), {"action": name, "_selected_action": campaign.pk}
    )
    campaign.refresh_from_db()
    return answer


def messages() -> list[str]:
    return [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]


def test_is_written_as_a_draft_by_somebody(boss: Client, root: User) -> None:
    boss.post(reverse(ADD), form())

    campaign = Campaign.objects.get()
    assert (campaign.status, campaign.created_by) == (Status.DRAFT, root)
    assert campaign.tags == ["vip", "老客户", "west"]
    assert campaign.preferences == []
    assert LogEntry.objects.get().is_addition()


def test_shows_its_lists_with_commas(boss: Client) -> None:
    campaign = people.campaign(status=Status.DRAFT, tags=["vip", "west"])

    assert 'value="vip, west"' in boss.get(page(campaign)).content.decode()


def test_lists_that_stay_are_not_logged_as_changed(boss: Client) -> None:
    boss.post(reverse(ADD), form())
    boss.post(page(Campaign.objects.get()), form(name="Tea month"))

    assert messages()[-1] == "Changed Name."


@pytest.mark.parametrize(
    "fields",
    [
        {"text_zh": "", "text_en": ""},
        {"text_en": "x" * 4001},
        {"send_at_0": "soon"},
        {"name": ""},
    ],
)
def test_is_refused(fields: dict[str, str], boss: Client) -> None:
    answer = boss.post(reverse(ADD), form(**fields))

    assert answer.status_code == 200
    assert not Campaign.objects.exists()


def test_says_how_many_it_would_reach(boss: Client) -> None:
    people.contact(people.channel(), consent=True)
    people.contact(people.channel(), consent=False)
    campaign = people.campaign(status=Status.DRAFT)

    answer = boss.get(page(campaign))

    assert answer.context["adminform"].model_admin.would_reach(campaign) == "1"


@pytest.mark.parametrize("status", Status)
def test_can_be_edited_until_it_goes_out(status: Status, boss: Client) -> None:
    campaign = people.campaign(status=status)
    is_open = status in {Status.DRAFT, Status.SCHEDULED}

    answer = boss.post(page(campaign), form(name="Other"))

    campaign.refresh_from_db()
    assert answer.status_code == (302 if is_open else 403)
    assert campaign.name == ("Other" if is_open else "Autumn")
    assert campaign.status == status


@pytest.mark.parametrize("status", Status)
def test_only_a_draft_is_deleted(status: Status, boss: Client) -> None:
    campaign = people.campaign(status=status)

    boss.post(
        reverse("admin:bots_campaign_delete", args=[campaign.pk]), {"post": "yes"}
    )

    assert Campaign.objects.exists() == (status != Status.DRAFT)


def test_deleting_many_leaves_those_that_went_out(boss: Client) -> None:
    campaign = people.campaign(status=Status.DONE)

    boss.post(
        reverse(LIST),
        {
            "action": "delete_selected",
            "_selected_action": campaign.pk,
            "post": "yes",
        },
    )

    assert Campaign.objects.exists()


def test_is_scheduled_and_logged(login: Login) -> None:
    campaign = people.campaign(status=Status.DRAFT)

    act(login(MANAGER), "schedule", campaign)

    assert campaign.status == Status.SCHEDULED
    assert messages() == ["Scheduled."]


def test_is_saved_and_scheduled_in_one(boss: Client) -> None:
    campaign = people.campaign(status=Status.DRAFT)

    boss.post(page(campaign), form(bots_campaign_save_and_schedule="1"), follow=True)

    campaign.refresh_from_db()
    assert (campaign.name, campaign.status) == ("Tea week", Status.SCHEDULED)
    assert "Scheduled." in messages()


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.SENDING])
def test_is_cancelled_and_logged(status: Status, login: Login) -> None:
    campaign = people.campaign(status=status)

    act(login(MANAGER), "cancel", campaign)

    assert campaign.status == Status.CANCELLED
    assert messages() == ["Cancelled."]


@pytest.mark.parametrize("name", ["schedule", "cancel"])
def test_what_is_done_stays_done(name: str, login: Login) -> None:
    campaign = people.campaign(status=Status.DONE)

    act(login(MANAGER), name, campaign)

    assert campaign.status == Status.DONE
    assert not LogEntry.objects.exists()


def test_counts_what_became_of_it(boss: Client) -> None:
    for _ in range(4):
        people.contact(people.channel(), consent=True)
    campaign = people.campaign()
    sending.send(campaign.pk, timezone.now())
    states = ["sent", "sent", "failed", "unknown"]
    for delivery, state in zip(Delivery.objects.all(), states, strict=True):
        Delivery.objects.filter(pk=delivery.pk).update(state=state)

    row = boss.get(reverse(LIST)).context["cl"].result_list[0]

    counts = (row.count_all, row.count_sent, row.count_failed, row.count_unknown)
    assert counts == (4, 2, 1, 1)
