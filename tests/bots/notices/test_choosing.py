"""News goes where its own shopper wrote last, and nowhere else."""

from typing import Any

import pytest
from django.utils import timezone

from bots.consent import set_order_news
from bots.models import Contact, Conversation
from tests import factories
from tests.bots.notices import news

pytestmark = pytest.mark.django_db


def test_it_goes_where_the_shopper_wrote_last() -> None:
    order = factories.order()
    web = news.talk(order.customer, "web", wrote=factories.ago(days=2))
    telegram = news.talk(order.customer, wrote=factories.ago(days=3))
    # What the bot wrote there since does not make a talk the preferred one.
    Conversation.objects.filter(pk=telegram.pk).update(last_message_at=timezone.now())
    news.event(order)
    assert news.tell() == [web.pk]


def test_a_web_chat_left_for_long_yields_to_telegram() -> None:
    order = factories.order()
    old = news.talk(order.customer, "web", wrote=factories.ago(days=20))
    telegram = news.talk(order.customer, wrote=factories.ago(days=90))
    event = news.event(order)
    assert news.tell() == [telegram.pk]
    assert news.texts(old) == []
    assert news.outcome(event) == "told"


def test_who_is_logged_in_and_silent_is_told() -> None:
    order = factories.order()
    talk = news.talk(order.customer, "web")
    talk.messages.all().delete()
    news.event(order)
    assert news.tell() == [talk.pk]


@pytest.mark.parametrize(
    "break_it",
    [
        lambda talk: Contact.objects.filter(pk=talk.contact_id).update(
            blocked_at=timezone.now()
        ),
        lambda talk: type(talk.channel).objects.update(active=False),
        lambda talk: type(talk.channel).objects.update(kind="console"),
        lambda talk: (
            Conversation.objects.update(created_at=factories.ago(days=20))
            and talk.messages.update(created_at=factories.ago(days=20))
        ),
    ],
    ids=["blocked", "channel off", "no proactive channel", "long ago"],
)
def test_who_cannot_be_written_to_is_not(break_it: Any) -> None:
    order = factories.order()
    break_it(news.talk(order.customer, "web"))
    event = news.event(order)
    assert news.tell() == []
    assert news.texts() == []
    assert news.outcome(event) == "no_channel"


def test_who_has_no_contact_is_not_told() -> None:
    news.talk(factories.customer())
    event = news.event(factories.order())
    assert news.tell() == []
    assert news.outcome(event) == "no_channel"


@pytest.mark.parametrize("whose", ["talk", "contact"])
def test_a_talk_that_is_another_customers_by_now_hears_nothing(whose: str) -> None:
    order = factories.order()
    talk = news.talk(order.customer)
    changed = talk if whose == "talk" else talk.contact
    changed.customer = factories.customer()
    changed.save()
    event = news.event(order)
    assert news.tell() == []
    assert news.texts() == []
    assert news.outcome(event) == "no_channel"


def test_who_declined_is_not_told() -> None:
    order = factories.order()
    talk = news.talk(order.customer)
    set_order_news(talk.contact, False, source="no", now=timezone.now())
    event = news.event(order)
    assert news.tell() == []
    assert news.outcome(event) == "declined"


def test_who_declined_on_one_channel_is_told_on_another() -> None:
    order = factories.order()
    first = news.talk(order.customer)
    other = news.talk(order.customer, "web", wrote=factories.ago(days=1))
    set_order_news(first.contact, False, source="no", now=timezone.now())
    news.event(order)
    assert news.tell() == [other.pk]


@pytest.mark.parametrize(
    ("talk", "contact", "customer", "heard"),
    [
        ("zh", "en", "en", "zh"),
        ("", "zh-hans", "en", "zh"),
        ("", "", "zh-CN", "zh"),
        ("", "", "fr", "en"),
        ("en", "zh", "zh", "en"),
    ],
)
def test_it_is_said_in_the_shoppers_language(
    talk: str, contact: str, customer: str, heard: str
) -> None:
    order = factories.order(factories.customer(language=customer))
    made = news.talk(order.customer, language=talk)
    Contact.objects.update(language=contact)
    news.event(order)
    news.tell()
    assert made.messages.get(sender="bot").language == heard
