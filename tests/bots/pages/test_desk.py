"""What the desk shows: the queue, a talk, and what belongs to it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from bots import inbox, outbox
from bots.desk import tickets
from bots.messages import Button, Card, Sender, Sent
from bots.models import Conversation, Delivery, Ticket
from bots.pages import queue
from tests import factories
from tests.bots.pages.conftest import talk_with

pytestmark = pytest.mark.django_db


def opened(text: str, *, minutes_ago: int = 0) -> Ticket:
    talk = talk_with(text)
    at = timezone.now() - timedelta(minutes=minutes_ago)
    talk.messages.update(created_at=at)
    made = tickets.open_ticket(talk, reason=Ticket.Reason.PROBLEM, summary="")
    talk.save()
    Ticket.objects.filter(pk=made.pk).update(opened_at=at)
    return made


def names(rows: list[queue.Row]) -> list[str]:
    return [row.last_text for row in rows]


def test_who_waits_longest_stands_first(agent: User) -> None:
    opened("new")
    opened("old", minutes_ago=30)
    answered = opened("answered", minutes_ago=60)
    tickets.reply(answered.pk, agent, "here I am")

    rows = queue.rows("all", agent.pk)

    assert names(rows) == ["old", "new", "answered"]
    assert [row.waited for row in rows] == ["30 min", "now", ""]


def test_an_answered_shopper_who_writes_again_waits(agent: User) -> None:
    made = opened("first", minutes_ago=60)
    tickets.reply(made.pk, agent, "here I am")
    talk = made.conversation
    said = factories.inbound("and now?", conversation_key=talk.external_key)
    inbox.add(talk.channel, talk, said)

    (row,) = queue.rows("all", agent.pk)

    assert row.waited == "now"


def test_tabs_tell_mine_from_nobodys(agent: User) -> None:
    mine, other = opened("mine"), opened("others")
    opened("nobody's")
    tickets.take(mine.pk, agent)
    tickets.take(other.pk, factories.agent())

    assert names(queue.rows("mine", agent.pk)) == ["mine"]
    assert names(queue.rows("free", agent.pk)) == ["nobody's"]
    assert queue.counts(agent.pk) == {"mine": 1, "free": 1, "all": 3}


def test_closed_tickets_leave_the_queue(agent: User) -> None:
    tickets.resolve(opened("done").pk, agent)

    assert queue.rows("all", agent.pk) == []
    assert names(queue.rows("bot", agent.pk)) == ["done"]


def test_the_queue_does_not_ask_more_for_more(
    desk: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(6):
        opened(str(number))

    with django_assert_max_num_queries(8):  # type: ignore[operator]
        desk.get("/desk/?part=queue")


def test_a_talk_is_shown_with_what_became_of_it(desk: Client, ticket: Ticket) -> None:
    talk = Conversation.objects.get(pk=ticket.conversation_id)
    put = {"lane": Delivery.Lane.REPLY}
    outbox.put(
        talk,
        sender=Sender.BOT,
        text="<b>Look</b> at https://shop.example/x",
        buttons=(Button(label="That one", value="1"),),
        cards=(Card(title="Kettle", subtitle="CNY 99"),),
        **put,  # type: ignore[arg-type]
    )
    outbox.deliver(talk.pk, lambda *_: Sent())
    failed = outbox.put(talk, sender=Sender.AGENT, text="lost", **put)  # type: ignore[arg-type]
    Delivery.objects.filter(message=failed).update(state=Delivery.State.FAILED)
    outbox.put(talk, sender=Sender.AGENT, text="on its way", **put)  # type: ignore[arg-type]

    text = desk.get(f"/desk/talks/{talk.pk}/").content.decode()

    assert "&lt;b&gt;Look&lt;/b&gt;" in text
    assert '<a href="https://shop.example/x" rel="nofollow">' in text
    assert all(word in text for word in ("That one", "Kettle", "CNY 99"))
    assert "Not delivered" in text
    assert "Sending…" in text


def test_an_unverified_shopper_is_marked(desk: Client, ticket: Ticket) -> None:
    text = desk.get(f"/desk/talks/{ticket.conversation_id}/").content.decode()

    assert "Not verified" in text
    assert "Wants a person." in text


def test_a_verified_shoppers_order_is_shown(desk: Client, agent: User) -> None:
    anna = factories.customer(name="Anna Li")
    order = factories.order(anna)
    talk = talk_with("it is broken", customer=anna)
    tickets.open_ticket(talk, reason="problem", summary="", order_id=order.pk)
    agent.user_permissions.add(Permission.objects.get(codename="view_order"))

    text = desk.get(f"/desk/talks/{talk.pk}/").content.decode()

    assert "Identity verified" in text
    assert "CNY 99.00" in text
    assert f'<a href="/admin/orders/order/{order.pk}/change/"' in text


def test_earlier_tickets_of_the_same_person_are_listed(
    desk: Client, agent: User, ticket: Ticket
) -> None:
    tickets.resolve(ticket.pk, agent)
    again = factories.conversation(
        ticket.conversation.channel, contact=ticket.conversation.contact
    )
    tickets.open_ticket(again, reason="problem", summary="")

    text = desk.get(f"/desk/talks/{again.pk}/").content.decode()

    assert f'<a href="/desk/talks/{ticket.conversation_id}/">' in text


def test_parts_are_only_parts(desk: Client, ticket: Ticket) -> None:
    address = f"/desk/talks/{ticket.conversation_id}/"
    whole, line, side = (
        desk.get(address + query).content.decode()
        for query in ("", "?part=queue", "?part=talk")
    )

    assert all('id="rows"' in text for text in (whole, line))
    assert all('id="lines"' in text for text in (whole, side))
    assert 'id="lines"' not in line
    assert 'id="rows"' not in side


def test_an_unknown_talk_is_not_found(desk: Client) -> None:
    assert desk.get("/desk/talks/999/").status_code == 404


def test_the_desk_speaks_both_languages(desk: Client) -> None:
    assert '<html lang="zh-hans">' in desk.get("/desk/?lang=zh").content.decode()
    assert "frame-ancestors 'none'" in desk.get("/desk/")["Content-Security-Policy"]
