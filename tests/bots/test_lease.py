"""One worker at a time on a conversation."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from bots import lease
from bots.models import Conversation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Conversation:
    return factories.conversation()


def acquired(talk: Conversation, at: datetime | None = None) -> lease.Lease:
    held = lease.acquire(talk.pk, at or timezone.now())
    assert held is not None
    return held


def test_who_comes_second_gets_none(talk: Conversation) -> None:
    assert acquired(talk).fence == 1
    assert lease.acquire(talk.pk, timezone.now()) is None


def test_it_is_free_again_once_given_back(talk: Conversation) -> None:
    lease.release(acquired(talk), done=True)
    assert acquired(talk).fence == 2


def test_it_ends_by_itself(talk: Conversation) -> None:
    acquired(talk)
    later = timezone.now() + lease.DURATION + timedelta(seconds=1)
    assert acquired(talk, later).fence == 2


def test_who_lost_it_cannot_give_it_back(talk: Conversation) -> None:
    first = acquired(talk, timezone.now() - timedelta(hours=1))
    acquired(talk)
    lease.release(first, done=True)
    assert lease.acquire(talk.pk, timezone.now()) is None


def test_two_conversations_do_not_meet(talk: Conversation) -> None:
    acquired(talk)
    assert acquired(factories.conversation()).fence == 1


def test_the_only_process_forgets_every_lease(talk: Conversation) -> None:
    acquired(talk)
    lease.release_all()
    assert acquired(talk).fence == 2


def test_work_that_never_ended_is_counted(talk: Conversation) -> None:
    acquired(talk, timezone.now() - timedelta(hours=1))
    assert acquired(talk).tries == 2


def test_work_that_failed_is_counted(talk: Conversation) -> None:
    lease.release(acquired(talk), done=False)
    assert acquired(talk).tries == 2


def test_work_that_is_done_is_not(talk: Conversation) -> None:
    lease.release(acquired(talk), done=True)
    assert acquired(talk).tries == 1
