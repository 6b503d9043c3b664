"""Who a campaign is for."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bots.campaigns.audience import audience
from bots.models import CampaignRecipient, Channel, Conversation
from tests.bots.campaigns import people

pytestmark = pytest.mark.django_db


def reached(**wanted: Any) -> list[int]:
    return [one.contact_id for one in audience(people.campaign(**wanted))]


@pytest.mark.parametrize(
    ("ticked", "said", "gets_it"),
    [
        (False, None, False),
        (True, None, True),
        (False, True, True),
        (True, True, True),
        (False, False, False),
        (True, False, False),
    ],
)
def test_own_word_goes_before_the_shops_tick(
    *, ticked: bool, said: bool | None, gets_it: bool
) -> None:
    owner = people.customer(marketing_opt_in=ticked)
    people.contact(people.channel(), customer=owner, consent=said)

    assert len(reached()) == gets_it


def test_an_unknown_person_who_asked_gets_it() -> None:
    one = people.contact(people.channel(), consent=True)

    assert reached() == [one.pk]


def test_a_no_elsewhere_outweighs_the_shops_tick() -> None:
    owner = people.customer(marketing_opt_in=True)
    people.contact(people.channel(), customer=owner, consent=False)
    people.contact(people.channel("web"), customer=owner)

    assert reached() == []


def test_a_yes_holds_where_it_was_said() -> None:
    owner = people.customer(marketing_opt_in=True)
    people.contact(people.channel(), customer=owner, consent=False)
    there = people.contact(people.channel("web"), customer=owner, consent=True)

    assert reached() == [there.pk]


@pytest.mark.parametrize(
    ("tags", "preferences", "gets_it"),
    [
        ([], [], True),
        (["vip"], [], True),
        (["new", "vip"], [], True),
        (["new"], [], False),
        ([], ["tea"], True),
        (["vip"], ["tea", "shoes"], True),
        (["vip"], ["shoes"], False),
        (["new"], ["tea"], False),
        # Whole words: "vi" is not "vip".
        (["vi"], [], False),
    ],
)
def test_any_tag_and_any_preference(
    *, tags: list[str], preferences: list[str], gets_it: bool
) -> None:
    owner = people.customer(tags=["vip", "west"], preferences=["tea"])
    people.contact(people.channel(), customer=owner, consent=True)

    assert len(reached(tags=tags, preferences=preferences)) == gets_it


def test_tags_leave_out_people_unknown_to_the_shop() -> None:
    people.contact(people.channel(), consent=True)

    assert reached(tags=["vip"]) == []


@pytest.mark.parametrize(
    ("kind", "active", "gets_it"),
    [
        (Channel.Kind.TELEGRAM, True, True),
        (Channel.Kind.WEB, True, True),
        (Channel.Kind.CONSOLE, True, False),
        (Channel.Kind.TELEGRAM, False, False),
    ],
)
def test_only_channels_that_can_be_written_to(
    *, kind: str, active: bool, gets_it: bool
) -> None:
    people.contact(people.channel(kind, active=active), consent=True)

    assert len(reached()) == gets_it


def test_not_those_who_blocked_us() -> None:
    people.contact(people.channel(), consent=True, blocked_at=timezone.now())

    assert reached() == []


def test_not_without_a_conversation() -> None:
    one = people.contact(people.channel(), consent=True)
    Conversation.objects.filter(contact=one).delete()

    assert reached() == []


def test_not_into_a_talk_that_a_person_owns() -> None:
    one = people.contact(people.channel(), consent=True)
    Conversation.objects.filter(contact=one).update(owner=Conversation.Owner.HUMAN)

    assert reached() == []


@pytest.mark.parametrize("newest", [0, 1])
def test_a_person_gets_it_once_where_they_talked_last(newest: int) -> None:
    owner = people.customer(marketing_opt_in=True)
    now = timezone.now()
    contacts = [
        people.contact(
            people.channel(),
            customer=owner,
            talk_at=now - timedelta(days=0 if place == newest else 3),
        )
        for place in range(2)
    ]

    assert reached() == [contacts[newest].pk]


def test_a_person_reached_through_another_contact_is_reached() -> None:
    owner = people.customer(marketing_opt_in=True)
    older = people.contact(people.channel(), customer=owner)
    people.contact(people.channel("web"), customer=owner)
    campaign = people.campaign()
    CampaignRecipient.objects.create(campaign=campaign, contact=older)

    assert audience(campaign) == []


@pytest.mark.parametrize(
    ("own", "customers", "expected"),
    [
        ("zh-hans", "en", "zh"),
        ("en", "zh", "en"),
        ("", "zh", "zh"),
        ("", "en-GB", "en"),
        ("de", "zh", "en"),
    ],
)
def test_the_contacts_language_else_the_customers(
    own: str, customers: str, expected: str
) -> None:
    owner = people.customer(language=customers, marketing_opt_in=True)
    people.contact(people.channel(), customer=owner, language=own)

    assert [one.language for one in audience(people.campaign())] == [expected]


def test_reads_everybody_in_one_query(django_assert_num_queries: Any) -> None:
    for _ in range(5):
        people.contact(people.channel(), consent=True)
    campaign = people.campaign()

    with django_assert_num_queries(1):
        assert len(audience(campaign)) == 5
