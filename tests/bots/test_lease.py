"""One worker at a time on a conversation."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bots import lease
from bots.models import Conversation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Conversation:
    return factories.conversation()


def test_who_comes_second_gets_none(talk: Conversation) -> None:
    assert lease.acquire(talk.pk, timezone.now()) == 1
    assert lease.acquire(talk.pk, timezone.now()) is None


def test_it_is_free_again_once_given_back(talk: Conversation) -> None:
    fence = lease.acquire(talk.pk, timezone.now())
    assert fence is not None
    lease.release(talk.pk, fence)
    assert lease.acquire(talk.pk, timezone.now()) == 2


def test_it_ends_by_itself(talk: Conversation) -> None:
    lease.acquire(talk.pk, timezone.now())
    later = timezone.now() + lease.DURATION + timedelta(seconds=1)
    assert lease.acquire(talk.pk, later) == 2


def test_who_lost_it_cannot_give_it_back(talk: Conversation) -> None:
    first = lease.acquire(talk.pk, timezone.now() - timedelta(hours=1))
    lease.acquire(talk.pk, timezone.now())
    assert first is not None
    lease.release(talk.pk, first)
    assert lease.acquire(talk.pk, timezone.now()) is None


def test_two_conversations_do_not_meet(talk: Conversation) -> None:
    lease.acquire(talk.pk, timezone.now())
    assert lease.acquire(factories.conversation().pk, timezone.now()) == 1


def test_the_only_process_forgets_every_lease(talk: Conversation) -> None:
    lease.acquire(talk.pk, timezone.now())
    lease.release_all()
    assert lease.acquire(talk.pk, timezone.now()) == 2
