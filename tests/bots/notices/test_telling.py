"""Each event is told once, in its order, whatever runs at once or dies."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from bots import outbox, tasks
from bots.consent import set_consent, set_order_news, wants_promotions
from bots.messages import Outgoing, SendResult, Sent, Unknown
from bots.models import Consent, Conversation, Delivery, Message
from bots.notices import telling
from orders.models import OrderEvent
from tests import factories
from tests.bots.conftest import Queue
from tests.bots.notices import news

pytestmark = pytest.mark.django_db


def test_an_event_is_told_once() -> None:
    order = factories.order()
    talk = news.talk(order.customer)
    event = news.event(order)
    assert news.tell() == [talk.pk]
    assert news.tell() == []
    message = Message.objects.get(sender="bot")
    assert message.delivery.lane == Delivery.Lane.NOTICE
    event.refresh_from_db()
    assert event.outcome == "told"
    assert event.told_at is not None


def test_several_events_come_in_their_order() -> None:
    order = factories.order()
    talk = news.talk(order.customer)
    news.event(order, "delivered", ago=10, tracking_number="T1")
    news.event(order, "paid", ago=30)
    news.event(order, "shipped", ago=20)
    news.tell()
    said = news.texts(talk)
    assert ["received" in said[0], "its way" in said[1], "arrived" in said[2]] == [
        True
    ] * 3


def test_what_the_arrival_has_made_moot_is_not_told() -> None:
    order = factories.order()
    news.talk(order.customer)
    moot = [
        news.event(order, "exception", ago=30),
        news.event(order, "out_for_delivery", ago=20),
    ]
    other = news.event(order, "out_for_delivery", ago=20, tracking_number="T2")
    news.event(order, "delivered", ago=10)
    news.tell()
    assert [news.outcome(event) for event in moot] == ["superseded"] * 2
    assert news.outcome(other) == "told"
    assert len(news.texts()) == 2


def test_a_payment_that_failed_is_told() -> None:
    order = factories.order()
    order.payments.update(state="failed")
    news.talk(order.customer)
    news.event(order, "payment_failed", lacking=True)
    news.tell()
    (said,) = news.texts()
    assert "did not go through" in said


def test_a_payment_that_failed_is_old_news_once_it_is_paid() -> None:
    order = factories.order()
    news.talk(order.customer)
    event = news.event(order, "payment_failed", lacking=True)
    news.tell()
    assert news.outcome(event) == "superseded"


def test_of_a_cancelled_order_no_payment_is_asked() -> None:
    order = factories.order(status="cancelled")
    news.talk(order.customer)
    event = news.event(order, "payment_failed")
    news.tell()
    assert news.outcome(event) == "superseded"


def test_what_waited_longer_than_a_day_is_not_told() -> None:
    order = factories.order()
    news.talk(order.customer)
    event = news.event(order, ago=24 * 3600 + 1)
    assert news.tell() == []
    assert news.texts() == []
    assert news.outcome(event) == "too_old"


# --- crashes and crowds


def test_a_crash_in_the_middle_leaves_it_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = factories.order(), factories.order()
    news.talk(first.customer)
    news.talk(second.customer)
    event = news.event(first)
    news.event(second)
    put = outbox.put

    def dies_after_writing(talk: Conversation, **values: Any) -> Message:
        message = put(talk, **values)
        if talk.customer_id == first.customer_id:
            raise MemoryError
        return message

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "put", dies_after_writing)
        news.tell()
    # The other shopper is told all the same.
    assert len(news.texts()) == 1
    assert news.outcome(event) == ""
    news.tell()
    assert len(news.texts()) == 2
    assert news.outcome(event) == "told"


def test_a_later_event_does_not_overtake_one_that_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order = factories.order()
    news.talk(order.customer)
    news.event(order, "paid", ago=20)
    news.event(order, "shipped", ago=10)
    put = outbox.put

    def refuses_the_first(talk: Conversation, **values: Any) -> Message:
        if "received" in values["text"]:
            raise MemoryError
        return put(talk, **values)

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "put", refuses_the_first)
        assert news.tell() == []
    news.tell()
    assert "received" in news.texts()[0]


def test_a_database_that_fails_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    order = factories.order()
    news.talk(order.customer)
    event = news.event(order)

    def fails(*_: Any, **values: Any) -> Message:
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "put", fails)
        with pytest.raises(OperationalError):
            news.tell()
    assert news.outcome(event) == ""


@pytest.mark.django_db(transaction=True)
def test_four_at_once_tell_once_and_in_order() -> None:
    orders = [factories.order() for _ in range(5)]
    talks = [news.talk(order.customer) for order in orders]
    for order in orders:
        news.event(order, "paid", ago=30)
        news.event(order, "shipped", ago=20)

    def run(_: int) -> int:
        try:
            return len(news.tell())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = sum(pool.map(run, range(4)))
    # What was skipped because its neighbour was being told waits for the next run.
    told += len(news.tell())
    assert told == 10
    for talk in talks:
        said = news.texts(talk)
        assert len(said) == 2
        assert "received" in said[0]


def test_what_leaves_is_spread_over_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "MOST", 3)
    for _ in range(5):
        order = factories.order()
        news.talk(order.customer)
        news.event(order)
    holds = [hold for _, hold in telling.tell(timezone.now())]
    assert holds == [telling.STEP * place for place in range(3)]
    assert OrderEvent.objects.waiting().count() == 2


# --- the outbox


class Line:
    """A channel that remembers what left through it."""

    def __init__(self, result: SendResult | None = None) -> None:
        self.result = result or Sent()
        self.left: list[str] = []

    def __call__(self, talk: Conversation, message: Outgoing) -> SendResult:
        self.left.append(message.text)
        return self.result


@pytest.fixture
def told() -> Conversation:
    """A talk in which an order's news waits to leave."""
    order = factories.order()
    talk = news.talk(order.customer)
    news.event(order)
    news.tell()
    return talk


def test_it_leaves_though_a_person_owns_the_talk(told: Conversation) -> None:
    told.give_to(Conversation.Owner.HUMAN)
    told.save()
    line = Line()
    outbox.deliver(told.pk, line)
    assert len(line.left) == 1


def test_it_is_never_repeated(told: Conversation) -> None:
    line = Line(Unknown(reason="reset"))
    assert outbox.deliver(told.pk, line) is None
    assert len(line.left) == 1
    assert Delivery.objects.get().state == "unknown"


def test_a_no_takes_back_what_waits(told: Conversation) -> None:
    set_order_news(told.contact, False, source="别再发了", now=timezone.now())
    assert Delivery.objects.get().state == "cancelled"


def test_a_no_counts_for_what_was_written_a_moment_after(told: Conversation) -> None:
    set_order_news(told.contact, False, source="no", now=timezone.now())
    Delivery.objects.update(state=Delivery.State.PENDING)
    line = Line()
    outbox.deliver(told.pk, line)
    assert line.left == []


# --- consent


def test_stop_ends_promotions_and_no_order_news(told: Conversation) -> None:
    set_consent(told.contact, False, source="STOP", now=timezone.now())
    line = Line()
    outbox.deliver(told.pk, line)
    assert len(line.left) == 1


def test_no_order_news_says_nothing_of_promotions() -> None:
    customer = factories.customer(marketing_opt_in=True)
    contact = news.talk(customer).contact
    set_order_news(contact, False, source="no", now=timezone.now())
    assert Consent.objects.get().promotions is None
    assert wants_promotions(contact)


def test_a_yes_brings_them_back() -> None:
    order = factories.order()
    contact = news.talk(order.customer).contact
    for wanted in (False, True):
        set_order_news(contact, wanted, source="chat", now=timezone.now())
    news.event(order)
    assert len(news.tell()) == 1


# --- the belt


def test_the_task_has_it_sent(queue: Queue) -> None:
    order = factories.order()
    talk = news.talk(order.customer)
    news.event(order)
    tasks.tell_order_news()
    assert queue.of("deliver") == [{"conversation_id": talk.pk}]


def test_an_event_costs_few_queries(django_assert_max_num_queries: Any) -> None:
    order = factories.order()
    news.talk(order.customer)
    news.event(order)
    with django_assert_max_num_queries(10):
        news.tell()


def test_what_was_told_costs_two_queries(django_assert_num_queries: Any) -> None:
    order = factories.order()
    news.talk(order.customer)
    news.event(order)
    news.tell()
    with django_assert_num_queries(2):
        news.tell()
