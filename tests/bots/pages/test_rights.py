"""Who may see the desk, and who may act there."""

import asyncio
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission, User
from django.test import AsyncClient, Client

from bots.models import Ticket, TicketEvent
from tests import factories
from tests.bots.pages.conftest import logged_in

pytestmark = pytest.mark.django_db


def clerk() -> User:
    return User.objects.create_user("bo", password="pass", is_staff=True)


def shopper() -> User:
    """Has the right, but is no staff."""
    user = User.objects.create_user("carl", password="pass")
    user.user_permissions.add(Permission.objects.get(codename="answer_ticket"))
    return user


def owner() -> User:
    return User.objects.create_superuser("olga", password="pass")


@pytest.mark.parametrize(
    ("who", "status"),
    [(clerk, 403), (shopper, 403), (factories.agent, 200), (owner, 200)],
)
def test_the_desk_is_for_agents(who: Callable[[], User], status: int) -> None:
    assert logged_in(who()).get("/desk/").status_code == status


def test_a_stranger_is_sent_to_the_log_in() -> None:
    answer = Client().get("/desk/?tab=mine")

    assert answer.status_code == 302
    assert answer["Location"] == "/admin/login/?next=/desk/%3Ftab%3Dmine"


def addresses(ticket: Ticket) -> list[str]:
    acts = ("take", "reply", "return", "resolve", "typing")
    return [
        *(f"/desk/tickets/{ticket.pk}/{act}" for act in acts),
        f"/desk/talks/{ticket.conversation_id}/take-over",
    ]


def test_nobody_else_may_act(ticket: Ticket) -> None:
    stranger, without = Client(), logged_in(clerk())

    for address in addresses(ticket):
        assert stranger.post(address).status_code == 302
        assert without.post(address).status_code == 403
    assert [event.kind for event in TicketEvent.objects.all()] == ["opened"]


def test_nobody_else_reads_a_talk(ticket: Ticket) -> None:
    address = f"/desk/talks/{ticket.conversation_id}/"

    for query in ("", "?part=talk", "?part=queue"):
        assert Client().get(address + query).status_code == 302
        answer = logged_in(User.objects.filter(username="bo").first() or clerk()).get(
            address + query
        )
        assert answer.status_code == 403
        assert b"I want a person" not in answer.content


def test_acts_need_a_csrf_token(agent: User, ticket: Ticket) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent, backend="django.contrib.auth.backends.ModelBackend")

    for address in addresses(ticket):
        assert client.post(address).status_code == 403


def test_acts_need_a_post(desk: Client, ticket: Ticket) -> None:
    for address in addresses(ticket):
        assert desk.get(address).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_the_stream_is_for_agents() -> None:
    async def statuses(users: list[User]) -> list[int]:
        found = [(await AsyncClient().get("/desk/events")).status_code]
        for user in users:
            client = AsyncClient()
            await client.aforce_login(
                user, backend="django.contrib.auth.backends.ModelBackend"
            )
            found.append((await client.get("/desk/events?talk=1")).status_code)
        return found

    assert asyncio.run(statuses([clerk(), shopper(), factories.agent()])) == [
        403,
        403,
        403,
        200,
    ]
