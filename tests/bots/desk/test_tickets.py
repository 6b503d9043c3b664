"""A talk goes to a person and comes back; every step is written down."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from bots import outbox
from bots.desk import tickets
from bots.desk.tickets import TicketClosed
from bots.messages import Outgoing, Sender, SendResult, Sent
from bots.models import Conversation, Delivery, Message, Ticket, TicketEvent
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Conversation:
    return factories.conversation(state={"version": 1})


@pytest.fixture
def mia() -> User:
    return factories.agent("mia")


def opened(talk: Conversation, summary: str = "the kettle leaks") -> Ticket:
    ticket = tickets.open_ticket(
        talk, reason=Ticket.Reason.PROBLEM, summary=summary, order_id=None
    )
    talk.save()
    return ticket


@pytest.fixture
def ticket(talk: Conversation) -> Ticket:
    return opened(talk)


def events(ticket: Ticket) -> list[str]:
    return list(ticket.events.values_list("kind", flat=True))


def test_an_open_ticket_gives_the_talk_to_a_person(
    talk: Conversation, ticket: Ticket
) -> None:
    talk.refresh_from_db()
    assert (talk.owner, talk.owner_version) == ("human", 1)
    assert events(ticket) == ["opened"]
    assert TicketEvent.objects.get().actor is None


def test_a_talk_has_one_open_ticket(talk: Conversation, ticket: Ticket) -> None:
    again = opened(talk, summary="something else")
    assert again == ticket
    assert again.summary == "the kettle leaks"
    assert (events(ticket), talk.owner_version) == (["opened"], 1)


def test_it_names_the_order() -> None:
    order = factories.order()
    talk = factories.conversation()
    ticket = tickets.open_ticket(talk, reason="asked", summary="", order_id=order.pk)
    assert ticket.order == order


def test_who_takes_it_is_the_one_who_answers(ticket: Ticket, mia: User) -> None:
    assert tickets.take(ticket.pk, mia).assignee_id == mia.pk
    tickets.take(ticket.pk, mia)
    assert events(ticket) == ["opened", "taken"]


def test_a_colleague_may_take_it_over(ticket: Ticket, mia: User) -> None:
    tickets.take(ticket.pk, mia)
    noah = factories.agent("noah")
    assert tickets.take(ticket.pk, noah).assignee_id == noah.pk
    assert list(ticket.events.values_list("actor", flat=True)) == [
        None,
        mia.pk,
        noah.pk,
    ]


def test_the_first_to_answer_takes_it(ticket: Ticket, mia: User) -> None:
    message = tickets.reply(ticket.pk, mia, "Hello")
    ticket.refresh_from_db()
    assert ticket.assignee_id == mia.pk
    assert (message.text, message.sender, message.agent_id) == (
        "Hello",
        Sender.AGENT,
        mia.pk,
    )
    assert events(ticket) == ["opened", "taken", "replied"]


def test_who_answers_for_a_colleague_does_not_take_it(
    ticket: Ticket, mia: User
) -> None:
    tickets.take(ticket.pk, mia)
    tickets.reply(ticket.pk, factories.agent("noah"), "Hello")
    ticket.refresh_from_db()
    assert ticket.assignee_id == mia.pk


def send(conversation: Conversation, message: Outgoing) -> SendResult:
    return Sent()


def test_an_answer_reaches_the_shopper(
    talk: Conversation, ticket: Ticket, mia: User
) -> None:
    message = tickets.reply(ticket.pk, mia, "Hello")
    outbox.deliver(talk.pk, send)
    assert Delivery.objects.get(message=message).state == "sent"


@pytest.mark.parametrize(
    ("close", "status"),
    [(tickets.hand_back, "returned"), (tickets.resolve, "resolved")],
)
def test_a_closed_ticket_gives_the_talk_back_to_the_bot(
    talk: Conversation, ticket: Ticket, mia: User, close: object, status: str
) -> None:
    assert callable(close)
    close(ticket.pk, mia, "all done")
    ticket.refresh_from_db()
    talk.refresh_from_db()
    assert (ticket.status, talk.owner) == (status, "bot")
    assert ticket.closed_at is not None


@pytest.mark.parametrize("close", [tickets.hand_back, tickets.resolve])
def test_the_bot_begins_afresh_then(
    talk: Conversation, ticket: Ticket, mia: User, close: object
) -> None:
    assert callable(close)
    close(ticket.pk, mia, "all done")
    talk.refresh_from_db()
    assert (talk.state, talk.owner_version) == ({}, 2)


def test_the_note_of_who_closed_it_is_kept(ticket: Ticket, mia: User) -> None:
    tickets.resolve(ticket.pk, mia, "sends a new one")
    last = TicketEvent.objects.order_by("id").last()
    assert last is not None
    assert (last.kind, last.note, last.actor) == ("resolved", "sends a new one", mia)


def test_an_answer_of_a_person_is_sent_although_the_talk_went_back(
    talk: Conversation, ticket: Ticket, mia: User
) -> None:
    message = tickets.reply(ticket.pk, mia, "Hello")
    tickets.hand_back(ticket.pk, mia)
    outbox.deliver(talk.pk, send)
    assert Delivery.objects.get(message=message).state == "sent"


def test_after_it_is_closed_a_new_one_can_be_opened(
    talk: Conversation, ticket: Ticket, mia: User
) -> None:
    tickets.resolve(ticket.pk, mia)
    talk.refresh_from_db()
    assert opened(talk) != ticket
    assert Ticket.objects.filter(status="open").count() == 1


@pytest.mark.parametrize("step", ["take", "reply", "hand_back", "resolve"])
def test_on_a_closed_ticket_nothing_is_done(
    ticket: Ticket, mia: User, step: str
) -> None:
    tickets.resolve(ticket.pk, mia)
    arguments = ["Too late"] if step == "reply" else []
    with pytest.raises(TicketClosed):
        getattr(tickets, step)(ticket.pk, mia, *arguments)
    assert events(ticket) == ["opened", "resolved"]
    assert not Message.objects.exists()


def test_an_agent_can_take_a_talk_from_the_bot(talk: Conversation, mia: User) -> None:
    ticket = tickets.take_over(talk.pk, mia)
    talk.refresh_from_db()
    assert (talk.owner, ticket.assignee_id) == ("human", mia.pk)
    assert events(ticket) == ["opened", "taken"]


def test_what_the_bot_has_not_sent_is_dropped_then(
    talk: Conversation, mia: User
) -> None:
    message = outbox.put(
        talk, sender=Sender.BOT, lane=Delivery.Lane.REPLY, text="from the bot"
    )
    tickets.take_over(talk.pk, mia)
    outbox.deliver(talk.pk, send)
    assert Delivery.objects.get(message=message).state == "cancelled"


def test_taking_over_a_talk_that_a_person_has_keeps_its_ticket(
    talk: Conversation, ticket: Ticket, mia: User
) -> None:
    assert tickets.take_over(talk.pk, mia) == ticket
    assert events(ticket) == ["opened", "taken"]


def test_a_repeated_request_says_it_once(ticket: Ticket, mia: User) -> None:
    first = tickets.reply(ticket.pk, mia, "Hello", client_id="1:a")
    again = tickets.reply(ticket.pk, mia, "Hello", client_id="1:a")
    assert first == again
    assert Message.objects.filter(sender=Sender.AGENT).count() == 1


def test_a_repeat_is_known_after_the_ticket_is_closed(
    ticket: Ticket, mia: User
) -> None:
    first = tickets.reply(ticket.pk, mia, "Hello", client_id="1:a")
    tickets.resolve(ticket.pk, mia)
    assert tickets.reply(ticket.pk, mia, "Hello", client_id="1:a") == first


def test_what_came_while_a_person_had_the_talk_is_theirs(
    ticket: Ticket, mia: User
) -> None:
    Message.objects.create(
        conversation=ticket.conversation,
        seq=900,
        sender=Sender.SHOPPER,
        text="and another thing",
        created_at=timezone.now(),
    )
    tickets.resolve(ticket.pk, mia)
    assert not Message.objects.unhandled().exists()
