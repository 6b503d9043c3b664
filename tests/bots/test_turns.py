"""A turn: what was said is answered once, all of it or nothing."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from pytest_django.fixtures import Settings

from bots import consent, lease, turns
from bots.desk import tickets
from bots.dialogue import engine
from bots.dialogue.state import VERSION
from bots.dialogue.turn import Understanding
from bots.messages import Sender
from bots.models import (
    Consent,
    Conversation,
    Delivery,
    Feedback,
    Message,
    Ticket,
    TurnTrace,
)
from orders.models import Order
from tests import factories
from tests.bots.conftest import Understands
from tests.bots.dialogue.talks import meaning
from tests.kb.made import broken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("understands")]


@pytest.fixture
def talk() -> Conversation:
    return factories.conversation()


def say(talk: Conversation, text: str, **values: object) -> Message:
    """As the inbox would write it."""
    talk.refresh_from_db()
    message = Message.objects.create(
        conversation=talk,
        seq=talk.next_seq(),
        sender=Sender.SHOPPER,
        text=text,
        **{"created_at": timezone.now(), "sent_at": timezone.now(), **values},
    )
    talk.save(update_fields=["last_seq"])
    return message


def take(talk: Conversation) -> list[str] | None:
    """Take a turn; return what is answered."""
    held = lease.acquire(talk.pk, timezone.now())
    assert held is not None
    try:
        written = turns.answer(talk.pk, held.fence)
    finally:
        lease.release(held, done=True)
    talk.refresh_from_db()
    return None if written is None else [message.text for message in written]


def unhandled() -> int:
    return Message.objects.unhandled().count()


def test_what_was_said_is_answered_once(talk: Conversation) -> None:
    say(talk, "hello")
    answered = take(talk)
    assert answered is not None
    assert answered[0].startswith("Hello!")
    assert take(talk) is None
    assert Delivery.objects.count() == 1


def test_a_burst_is_one_turn(talk: Conversation, understands: Understands) -> None:
    for text in ("hi", "where is", "my order"):
        say(talk, text)
    take(talk)
    assert understands.texts == ["hi\nwhere is\nmy order"]
    assert unhandled() == 0


def test_a_press_among_words_is_a_turn_of_its_own(
    talk: Conversation, understands: Understands
) -> None:
    say(talk, "wait")
    say(talk, "No", value="no:TOK")
    say(talk, "thanks")
    while take(talk):
        pass
    assert understands.texts == ["wait", "No", "thanks"]
    assert [given.button for given in understands.heard] == ["", "no:TOK", ""]


def test_what_was_said_before_goes_along(
    talk: Conversation, understands: Understands
) -> None:
    say(talk, "first", handled_at=timezone.now())
    Message.objects.create(
        conversation=talk,
        sender=Sender.BOT,
        text="not yet sent",
        created_at=timezone.now(),
    )
    say(talk, "second")
    take(talk)
    assert understands.heard[0].history == (("shopper", "first"),)


def test_attachments_and_the_language_go_along(
    talk: Conversation, understands: Understands
) -> None:
    Conversation.objects.update(language="zh")
    say(talk, "", attachments=[{"type": "photo"}])
    take(talk)
    assert understands.heard[0].attachments == ("photo",)
    assert understands.heard[0].language == "zh"


def test_it_is_traced(talk: Conversation) -> None:
    say(talk, "hello")
    say(talk, "you")
    take(talk)
    trace = TurnTrace.objects.get()
    assert (trace.first_seq, trace.last_seq) == (1, 2)
    assert trace.understanding["intents"] == [{"name": "greet", "confidence": 0.9}]
    assert trace.commands == ["Chat(topic='greet')"]


def test_its_record_tells_how_it_went(talk: Conversation) -> None:
    Conversation.objects.update(language="zh")
    say(talk, "hello")
    take(talk)
    record = TurnTrace.objects.get().record
    assert record["language"] == "zh"
    assert record["shopper"]["customer_id"] is None
    assert (record["before"], record["after"]["version"]) == ({}, VERSION)
    assert [reply["source"] for reply in record["replies"]] == ["talk/greet"]
    written = Message.objects.filter(sender=Sender.BOT).values_list("pk", flat=True)
    assert record["messages"] == list(written)
    steps = {"understand", "decide", "act", "answer", "write"}
    assert record["milliseconds"].keys() == steps


def test_its_record_goes_with_the_talk_and_the_contact(talk: Conversation) -> None:
    say(talk, "hello")
    take(talk)
    contact = talk.contact
    talk.delete()
    contact.delete()
    assert not TurnTrace.objects.exists()
    assert not Message.objects.exists()


# --- what follows from a turn ---------------------------------------------------------


def test_who_was_identified_is_remembered(
    talk: Conversation, understands: Understands
) -> None:
    order = factories.order(factories.customer(email="anna@example.com"))
    understands.otherwise = meaning(
        "order_status", order_id=order.number, email="anna@example.com"
    )
    say(talk, "where is it?")
    take(talk)
    talk.contact.refresh_from_db()
    assert talk.customer == order.customer
    assert talk.contact.customer == order.customer


def test_a_wrong_guess_is_remembered(
    talk: Conversation, understands: Understands
) -> None:
    understands.otherwise = meaning(
        "order_status", order_id="SO1", email="eve@example.com"
    )
    for guesses in (1, 2):
        say(talk, "where is it?")
        take(talk)
        assert talk.failed_checks == guesses


def test_the_wish_for_promotions_is_kept(
    talk: Conversation, understands: Understands
) -> None:
    understands.otherwise = meaning("promotion_subscribe")
    say(talk, "tell me of offers")
    take(talk)
    assert Consent.objects.get().promotions is True


def test_feedback_is_kept(talk: Conversation, understands: Understands) -> None:
    understands.otherwise = meaning("feedback", rating=4)
    say(talk, "4 stars")
    take(talk)
    assert (Feedback.objects.get().rating, Feedback.objects.get().comment) == (
        4,
        "4 stars",
    )


def test_a_hand_over_opens_a_ticket_and_its_words_are_still_sent(
    talk: Conversation, understands: Understands
) -> None:
    understands.otherwise = meaning("human_agent")
    say(talk, "a human please")
    take(talk)
    assert talk.owner == Conversation.Owner.HUMAN
    assert Ticket.objects.get().reason == Ticket.Reason.ASKED
    assert Delivery.objects.get().owner_version == talk.owner_version


def test_an_answer_that_a_model_may_word_anew_waits_for_it(
    talk: Conversation, understands: Understands, settings: Settings
) -> None:
    settings.LLM_BACKEND = "openai"
    factories.entry("How long do refunds take?", "Within 5 working days.")
    understands.otherwise = meaning("policy_question")
    say(talk, "How long do refunds take?")
    take(talk)
    delivery = Delivery.objects.get()
    assert delivery.rendering["facts"] == "Within 5 working days."
    assert delivery.not_before > timezone.now()


def test_without_a_model_nothing_waits(
    talk: Conversation, understands: Understands
) -> None:
    factories.entry("How long do refunds take?", "Within 5 working days.")
    understands.otherwise = meaning("policy_question")
    say(talk, "How long do refunds take?")
    take(talk)
    delivery = Delivery.objects.get()
    assert delivery.rendering == {}
    assert delivery.not_before <= timezone.now()


# --- who may answer -------------------------------------------------------------------


def nothing_written() -> bool:
    return not (
        Message.objects.filter(sender=Sender.BOT).exists()
        or TurnTrace.objects.exists()
        or Ticket.objects.exists()
    )


def test_the_bot_is_silent_while_a_person_owns_the_talk(
    talk: Conversation,
) -> None:
    Conversation.objects.update(owner=Conversation.Owner.HUMAN)
    say(talk, "hello?")
    assert take(talk) == []
    assert nothing_written()
    assert unhandled() == 0


@pytest.mark.parametrize(("text", "value"), [("STOP", ""), ("", "promotions:off")])
def test_a_stop_counts_while_a_person_owns_the_talk(
    talk: Conversation, text: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = meaning("promotion_unsubscribe" if text else "out_of_scope")
    monkeypatch.setattr(engine, "understand", lambda *_: heard)
    Conversation.objects.update(owner=Conversation.Owner.HUMAN)
    say(talk, text, value=value)
    assert take(talk) == []
    assert not consent.wants_promotions(talk.contact)
    assert Consent.objects.get(contact=talk.contact).promotions is False


def test_what_a_person_settled_while_the_bot_was_thinking_is_not_answered(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia = factories.agent()

    def slowly(*args: object) -> Understanding:
        tickets.resolve(tickets.take_over(talk.pk, mia).pk, mia)
        return meaning("greet")

    monkeypatch.setattr(engine, "understand", slowly)
    say(talk, "hello?")
    assert take(talk) == []
    assert not Message.objects.filter(sender=Sender.BOT).exists()
    assert unhandled() == 0


def test_a_failure_in_a_persons_talk_is_not_spoken_of(
    talk: Conversation, understands: Understands
) -> None:
    say(talk, "hello?")
    held = lease.acquire(talk.pk, timezone.now())
    assert held is not None
    Conversation.objects.update(owner=Conversation.Owner.HUMAN)
    assert turns.apologise(talk.pk, held.fence) == []
    assert (nothing_written(), unhandled()) == (True, 0)


def test_it_is_silent_too_where_a_person_comes_while_it_thinks(
    talk: Conversation, understands: Understands
) -> None:
    understands.meanwhile = lambda: Conversation.objects.update(
        owner=Conversation.Owner.HUMAN
    )
    say(talk, "hello?")
    assert take(talk) == []
    assert nothing_written()
    assert unhandled() == 0


def another_worker() -> None:
    """Time has passed: the lease has ended, and somebody else has taken it."""
    talk = Conversation.objects.get()
    later = timezone.now() + lease.DURATION + timedelta(seconds=1)
    assert lease.acquire(talk.pk, later)


def test_a_worker_that_lost_its_lease_writes_nothing(
    talk: Conversation, understands: Understands
) -> None:
    understands.meanwhile = another_worker
    say(talk, "hello")
    with pytest.raises(turns.Fenced):
        take(talk)
    assert nothing_written()
    assert unhandled() == 1


def test_its_order_changes_are_not_made_either(
    talk: Conversation, understands: Understands
) -> None:
    order = factories.order()
    Conversation.objects.update(customer=order.customer)
    understands.otherwise = meaning("order_cancel")
    say(talk, "cancel it")
    take(talk)
    understands.otherwise = meaning("affirm")
    understands.meanwhile = another_worker
    say(talk, "yes")
    with pytest.raises(turns.Fenced):
        take(talk)
    order.refresh_from_db()
    assert order.status == Order.Status.PENDING


# --- when it fails --------------------------------------------------------------------


@pytest.fixture
def _broken(monkeypatch: pytest.MonkeyPatch, understands: Understands) -> None:
    monkeypatch.setattr(engine, "respond", broken)


@pytest.mark.usefixtures("_broken")
def test_a_failed_turn_apologises_and_calls_a_person(talk: Conversation) -> None:
    say(talk, "hello")
    [apology] = take(talk) or []
    assert "sorry" in apology
    assert Ticket.objects.get().reason == Ticket.Reason.ERROR
    assert unhandled() == 0


@pytest.mark.usefixtures("_broken")
def test_it_apologises_once(talk: Conversation) -> None:
    for text in ("hello", "hello?", "are you there?"):
        say(talk, text)
        take(talk)
    assert Message.objects.filter(sender=Sender.BOT).count() == 1
    assert Ticket.objects.count() == 1


def test_a_worker_that_lost_its_lease_does_not_even_apologise(
    talk: Conversation, understands: Understands
) -> None:
    def late_and_broken() -> None:
        another_worker()
        broken()

    understands.meanwhile = late_and_broken
    say(talk, "hello")
    with pytest.raises(turns.Fenced):
        take(talk)
    assert nothing_written()


def test_where_the_database_is_away_nobody_is_to_blame(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*arguments: object) -> None:
        raise OperationalError

    monkeypatch.setattr(engine, "respond", away)
    say(talk, "hello")
    with pytest.raises(OperationalError):
        take(talk)
    assert nothing_written()
    assert unhandled() == 1


# --- bursts ---------------------------------------------------------------------------


@pytest.fixture
def _patient(settings: Settings) -> None:
    settings.BURST_WAIT = 1.0


@pytest.mark.usefixtures("_patient")
@pytest.mark.parametrize(
    ("sent", "goes_on"),
    [
        ([], False),
        ([0.2], True),
        ([1.5], False),
        ([3.0, 0.2], True),
        # Long enough: fragments that never end are answered all the same.
        ([6.0, 3.0, 0.2], False),
    ],
)
def test_a_burst_goes_on_while_its_last_words_are_fresh(
    talk: Conversation, sent: list[float], goes_on: bool
) -> None:
    now = timezone.now()
    for seconds in sent:
        say(talk, "…", sent_at=now - timedelta(seconds=seconds))
    assert turns.burst_goes_on(talk.pk, now) is goes_on


@pytest.mark.usefixtures("_patient")
def test_nothing_follows_a_press(talk: Conversation) -> None:
    say(talk, "Yes", value="yes:TOK")
    assert not turns.burst_goes_on(talk.pk, timezone.now())
