"""Words that staff watch for."""

import pytest
from django.contrib.admin import site
from django.test import RequestFactory
from django.utils import timezone

from bots import lease, moderation, outbox, turns
from bots.messages import Sender
from bots.models import Delivery, Message, Term, TurnTrace
from tests.factories import conversation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    moderation.forget()


def test_what_may_not_be_sent_is_starred_out() -> None:
    Term.objects.create(side="shop", phrase="guaranteed")
    Term.objects.create(side="shop", phrase="全网最低")

    assert moderation.masked("ＧＵＡＲＡＮＴＥＥＤ! 全网最低价") == "**********! ****价"


def test_a_word_inside_another_is_not_found() -> None:
    Term.objects.create(side="shop", phrase="ass")

    assert moderation.masked("first class") == "first class"


def test_the_sides_are_apart() -> None:
    Term.objects.create(side="shopper", phrase="refund hack")

    assert moderation.heard("the Refund Hack") == ["refund hack"]
    assert moderation.masked("refund hack") == "refund hack"


def test_without_words_nothing_changes() -> None:
    assert moderation.masked("anything") == "anything"
    assert moderation.heard("anything") == []


def test_a_change_in_the_console_counts_at_once() -> None:
    page = site.get_model_admin(Term)
    assert moderation.masked("bargain") == "bargain"

    word = Term(side="shop", phrase="bargain")
    page.save_model(RequestFactory().post("/"), word, None, change=False)
    assert moderation.masked("bargain") == "*******"

    page.delete_model(RequestFactory().post("/"), word)
    assert moderation.masked("bargain") == "bargain"


def test_the_lists_are_read_once(django_assert_num_queries: object) -> None:
    moderation.heard("warm")

    with django_assert_num_queries(0):  # type: ignore[operator]
        moderation.heard("again")
        moderation.masked("again")


def test_what_leaves_is_starred_out() -> None:
    Term.objects.create(side="shop", phrase="guaranteed")

    message = outbox.put(
        conversation(), sender=Sender.BOT, lane=Delivery.Lane.REPLY, text="Guaranteed!"
    )

    assert message.text == "**********!"


@pytest.mark.usefixtures("understands")
def test_staff_see_what_they_watch_for() -> None:
    Term.objects.create(side="shopper", phrase="refund hack")
    talk = conversation()
    Message.objects.create(
        conversation=talk,
        seq=talk.next_seq(),
        sender=Sender.SHOPPER,
        text="know any Refund Hack?",
        created_at=timezone.now(),
        sent_at=timezone.now(),
    )
    talk.save()
    held = lease.acquire(talk.pk, timezone.now())
    assert held is not None
    turns.take(talk.pk, held.fence)
    assert TurnTrace.objects.get().understanding["watched"] == ["refund hack"]
