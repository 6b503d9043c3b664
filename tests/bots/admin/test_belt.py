"""What has stopped is tried again, by those who may, and it is logged."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bots.groups import AGENT, MANAGER
from bots.models import Delivery, InboundEvent
from tests.bots.admin import rows
from tests.bots.campaigns import people

pytestmark = pytest.mark.django_db

Login = Callable[..., Client]
State = Delivery.State
Status = InboundEvent.Status


def try_again(client: Client, row: Delivery | InboundEvent) -> Any:
    page = reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_changelist")
    answer = client.post(page, {"action": "try_again", "_selected_action": row.pk})
    row.refresh_from_db()
    return answer


@pytest.mark.parametrize("state", [State.FAILED, State.UNKNOWN])
def test_a_message_that_stopped_goes_out_again(state: State, login: Login) -> None:
    delivery = rows.sending(rows.conversation(), state=state)

    try_again(login(MANAGER), delivery)

    assert (delivery.state, delivery.attempts) == (State.PENDING, 0)
    assert delivery.error == ""
    assert delivery.not_before <= timezone.now()
    assert "tried again" in LogEntry.objects.get().get_change_message()


@pytest.mark.parametrize(
    "state", [State.PENDING, State.SENDING, State.SENT, State.CANCELLED]
)
def test_another_is_left_as_it_is(state: State, login: Login) -> None:
    delivery = rows.sending(rows.conversation(), state=state)

    try_again(login(MANAGER), delivery)

    assert (delivery.state, delivery.attempts) == (state, 8)
    assert not LogEntry.objects.exists()


def test_a_dead_event_is_new_again(login: Login) -> None:
    event = rows.event(people.channel())

    try_again(login(MANAGER), event)

    assert (event.status, event.attempts, event.error) == (Status.NEW, 0, "")
    assert LogEntry.objects.get().object_repr == event.dedup_key


@pytest.mark.parametrize("status", [Status.NEW, Status.DONE, Status.IGNORED])
def test_an_event_that_is_not_dead_is_left(status: Status, login: Login) -> None:
    event = rows.event(people.channel(), status=status)

    try_again(login(MANAGER), event)

    assert (event.status, event.attempts) == (status, 4)
    assert not LogEntry.objects.exists()


def test_not_by_those_who_may_only_look(login: Login) -> None:
    delivery = rows.sending(rows.conversation())
    client = login(AGENT)

    assert try_again(client, delivery).status_code == 403
    assert delivery.state == State.FAILED


def test_nothing_else_can_be_changed(boss: Client) -> None:
    delivery = rows.sending(rows.conversation())
    page = reverse("admin:bots_delivery_change", args=[delivery.pk])

    assert boss.post(page, {"state": "sent"}).status_code == 403
    assert boss.post(page.replace("change", "delete")).status_code == 403
