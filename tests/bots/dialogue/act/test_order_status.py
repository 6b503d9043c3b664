"""Where an order is: by its status, with what the carrier said last."""

from datetime import UTC, date, datetime

import pytest

from orders.models import Order, Shipment, ShipmentEvent
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db

Status = Order.Status

TOLD = {
    Status.PENDING: ("not packed yet", "尚未打包"),
    Status.PROCESSED: ("is packed", "已打包"),
    Status.SHIPPED: ("on its way", "路上"),
    Status.DELIVERED: ("was delivered", "送达"),
    Status.CANCELLED: ("is cancelled", "已取消"),
}


def ask(order: Order, language: str = "en") -> str:
    talk = TalkTo(order.customer, language)
    return talk.say("where is it?", "order_status", order_id=order.number)


@pytest.mark.parametrize("status", Status)
def test_every_status_is_told_in_both_languages(status: Status) -> None:
    order = factories.order(status=status)
    english, chinese = ask(order), ask(order, "zh")
    assert order.number in english
    assert TOLD[status][0] in english
    assert order.number in chinese
    assert english != chinese


@pytest.fixture
def shipped() -> Order:
    order = factories.order(status=Status.SHIPPED)
    parcel = Shipment.objects.create(
        order=order,
        carrier="SF Express",
        tracking_number="SF42",
        estimated_delivery=date(2026, 11, 4),
    )
    for hour, status in (
        (9, "picked_up"),
        (11, "out_for_delivery"),
        (10, "in_transit"),
    ):
        ShipmentEvent.objects.create(
            shipment=parcel,
            at=datetime(2026, 11, 2, hour, tzinfo=UTC),
            status=status,
            place={"en": "Shanghai", "zh": "上海"},
        )
    return order


def test_a_parcel_shows_its_number_and_its_newest_event(shipped: Order) -> None:
    told = ask(shipped)
    assert "SF Express SF42" in told
    assert "Shanghai · out for delivery" in told
    assert "picked up" not in told


def test_the_same_in_chinese(shipped: Order) -> None:
    told = ask(shipped, "zh")
    assert "上海" in told
    assert "派送" in told


def test_the_carriers_own_words_are_preferred(shipped: Order) -> None:
    ShipmentEvent.objects.update(text={"en": "With the courier", "zh": "快递员已取件"})
    assert "With the courier" in ask(shipped)


def test_a_parcel_without_events_is_shown_all_the_same() -> None:
    order = factories.order(status=Status.SHIPPED)
    Shipment.objects.create(order=order, carrier="SF Express", tracking_number="SF1")
    assert "SF Express SF1" in ask(order)


def test_a_delivered_order_can_be_returned_from_here() -> None:
    order = factories.delivered_order()
    talk = TalkTo(order.customer)
    talk.say("where is it?", "order_status", order_id=order.number)
    assert talk.values == ["return_order", "human"]
    assert order.number in talk.press("return_order")
    assert talk.tasks == ["return_order"]


def test_somebody_elses_order_and_none_sound_alike() -> None:
    theirs, mine = factories.order(), factories.order()
    talk = TalkTo(mine.customer)
    their_answer = talk.say("?", "order_status", order_id=theirs.number)
    unknown = TalkTo(mine.customer).say("?", "order_status", order_id="SO1")
    assert their_answer.replace(theirs.number, "…") == unknown.replace("SO1", "…")


def test_the_order_talked_about_last_is_meant() -> None:
    order = factories.order()
    factories.order(order.customer)
    talk = TalkTo(order.customer)
    talk.say("where is it?", "order_status", order_id=order.number)
    assert order.number in talk.say("and cancel it", "order_cancel")


@pytest.mark.parametrize("words", ["show me my orders", "看看我的订单"])
def test_who_asks_for_all_orders_is_shown_all(words: str) -> None:
    anna = factories.customer()
    old = factories.delivered_order(anna)
    new = factories.order(anna, status=Status.SHIPPED)
    talk = TalkTo(anna)
    talk.say(words, "order_status")
    assert {old.number, new.number} <= set(talk.values)


def test_another_number_after_an_answer_is_the_same_wish() -> None:
    anna = factories.customer()
    first, second = factories.order(anna), factories.order(anna)
    talk = TalkTo(anna)
    talk.say("where is it", "order_status", order_id=first.number)
    told = talk.say(
        f"oops, I meant {second.number}", "order_change", order_id=second.number
    )
    assert second.number in told
