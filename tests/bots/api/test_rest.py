"""Talks, tickets and campaigns over HTTP, for the shop's own systems."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from bots.messages import Sender
from bots.models import (
    Campaign,
    CampaignRecipient,
    Channel,
    Conversation,
    Message,
    Ticket,
    TicketEvent,
)
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 5, 9, tzinfo=UTC)
BEFORE, AFTER = "2026-11-04T00:00:00Z", "2026-11-06T00:00:00Z"


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("boss"))
    return client


@pytest.fixture
def talk() -> Conversation:
    channel = factories.channel(
        Channel.Kind.TELEGRAM, slug="tg", token="12:ab", secret="hidden"
    )
    customer = factories.customer(ref="C1", name="Ming")
    talk = factories.conversation(
        channel,
        external_key="77",
        customer=customer,
        language="zh",
        last_message_at=NOW,
    )
    for seq, text in ((2, "second"), (1, "first"), (None, "not shown yet")):
        Message.objects.create(
            conversation=talk, sender=Sender.BOT, seq=seq, text=text, created_at=NOW
        )
    return talk


@pytest.fixture
def ticket(talk: Conversation) -> Ticket:
    agent = User.objects.create_user("ann")
    ticket = Ticket.objects.create(
        conversation=talk,
        reason=Ticket.Reason.ASKED,
        summary="Where is it?",
        order=factories.order(talk.customer, number="SO1"),
        assignee=agent,
        opened_at=NOW,
    )
    for kind, actor in (("opened", None), ("taken", agent)):
        TicketEvent.objects.create(ticket=ticket, kind=kind, at=NOW, actor=actor)
    return ticket


@pytest.fixture
def campaign(talk: Conversation) -> Campaign:
    campaign = Campaign.objects.create(name="Autumn", text_en="Sale!", send_at=NOW)
    CampaignRecipient.objects.create(campaign=campaign, contact=talk.contact)
    return campaign


def _count(boss: Client, route: str, **query: str) -> int:
    return len(boss.get(f"/api/{route}/", query).json()["results"])


def test_talk_comes_with_what_both_sides_see(boss: Client, talk: Conversation) -> None:
    told: Any = boss.get(f"/api/conversations/{talk.pk}/").json()
    assert told["channel"] == "tg"
    assert told["customer"] == "C1"
    assert [(m["id"], m["text"]) for m in told["messages"]] == [
        (1, "first"),
        (2, "second"),
    ]


def test_list_leaves_messages_and_secrets_out(boss: Client, talk: Conversation) -> None:
    page = boss.get("/api/conversations/")
    (row,) = page.json()["results"]
    assert "messages" not in row
    for secret in ("12:ab", "hidden"):
        assert secret not in page.content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"customer": "C1"}, 1),
        ({"customer": "C2"}, 0),
        ({"channel": "tg"}, 1),
        ({"key": "77"}, 1),
        ({"owner": "human"}, 0),
        ({"language": "zh"}, 1),
        ({"updated_after": BEFORE}, 1),
        ({"updated_after": AFTER}, 0),
        ({"search": "ming"}, 1),
    ],
)
def test_talks_by(
    boss: Client, talk: Conversation, query: dict[str, str], count: int
) -> None:
    assert _count(boss, "conversations", **query) == count


def test_ticket_comes_with_its_course(boss: Client, ticket: Ticket) -> None:
    told: Any = boss.get(f"/api/tickets/{ticket.pk}/").json()
    assert told["order"] == "SO1"
    assert told["assignee"] == "ann"
    assert [(e["kind"], e["actor"]) for e in told["events"]] == [
        ("opened", None),
        ("taken", "ann"),
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"status": "open"}, 1),
        ({"status": "resolved"}, 0),
        ({"reason": "stuck"}, 0),
        ({"customer": "C1"}, 1),
        ({"order": "SO2"}, 0),
        ({"assignee": "ann"}, 1),
        ({"opened_after": AFTER}, 0),
        ({"search": "where"}, 1),
    ],
)
def test_tickets_by(
    boss: Client, ticket: Ticket, query: dict[str, str], count: int
) -> None:
    assert _count(boss, "tickets", **query) == count


def test_campaign_tells_how_many_got_it(boss: Client, campaign: Campaign) -> None:
    told: Any = boss.get(f"/api/campaigns/{campaign.pk}/").json()
    assert told["recipients"] == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"status": "draft"}, 1),
        ({"status": "done"}, 0),
        ({"send_after": BEFORE}, 1),
        ({"send_after": AFTER}, 0),
        ({"search": "sale"}, 1),
    ],
)
def test_campaigns_by(
    boss: Client, campaign: Campaign, query: dict[str, str], count: int
) -> None:
    assert _count(boss, "campaigns", **query) == count
