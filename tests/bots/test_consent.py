"""What a contact said about promotions, and what follows."""

import pytest
from django.utils import timezone

from bots import consent, outbox
from bots.messages import Sender
from bots.models import Consent, Contact, Conversation, Delivery
from tests.bots.campaigns import people

pytestmark = pytest.mark.django_db

Lane = Delivery.Lane


def waiting(contact: Contact, lane: Lane) -> Delivery:
    conversation = Conversation.objects.get(contact=contact)
    message = outbox.put(conversation, sender=Sender.BOT, lane=lane, text="…")
    return message.delivery


def say(contact: Contact, *, wanted: bool) -> Consent:
    return consent.set_consent(contact, wanted, source="STOP", now=timezone.now())


@pytest.mark.parametrize("wanted", [True, False])
def test_the_word_is_kept_with_its_source(*, wanted: bool) -> None:
    contact = people.contact(people.channel())

    said = say(contact, wanted=wanted)

    assert (said.promotions, said.source) == (wanted, "STOP")
    assert consent.wants_promotions(contact) is wanted


def test_the_newest_word_counts() -> None:
    contact = people.contact(people.channel())

    for wanted in (True, False, True):
        say(contact, wanted=wanted)

    assert Consent.objects.get().promotions
    assert consent.wants_promotions(contact)


def test_a_long_source_is_cut() -> None:
    contact = people.contact(people.channel())

    said = consent.set_consent(contact, False, source="x" * 999, now=timezone.now())

    assert len(said.source) == 200


def test_a_no_takes_back_promotions_and_nothing_else() -> None:
    contact = people.contact(people.channel(), consent=True)
    promotion, reply = waiting(contact, Lane.PROMO), waiting(contact, Lane.REPLY)

    say(contact, wanted=False)

    promotion.refresh_from_db()
    reply.refresh_from_db()
    assert promotion.state == Delivery.State.CANCELLED
    assert reply.state == Delivery.State.PENDING


def test_a_no_leaves_the_promotions_of_others() -> None:
    on = people.channel()
    other = waiting(people.contact(on, consent=True), Lane.PROMO)

    say(people.contact(on), wanted=False)

    other.refresh_from_db()
    assert other.state == Delivery.State.PENDING


def test_a_yes_takes_back_nothing() -> None:
    contact = people.contact(people.channel(), consent=True)
    promotion = waiting(contact, Lane.PROMO)

    say(contact, wanted=True)

    promotion.refresh_from_db()
    assert promotion.state == Delivery.State.PENDING
