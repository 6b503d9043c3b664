"""Parcels are asked for in turn, and what carriers say is taken in once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from orders import connectors
from orders.connectors import following, outbox
from orders.connectors.result import Done
from orders.models import Connector, ConnectorCall, Order, OrderEvent, Shipment
from tests import factories
from tests.emulators.shop import FakeShop, Fault
from tests.orders.connectors.conftest import attempt, connect

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def news(status: str, *, hours_ago: float = 1, **values: Any) -> dict[str, Any]:
    at = (NOW - timedelta(hours=hours_ago)).isoformat()
    return {"at": at, "status": status, "place": "Wuhan", "text": "ok", **values}


@pytest.fixture
def carrier(shop: FakeShop) -> Connector:
    shop.answers["carrier.track"] = {"events": [news("in_transit")]}
    return connect(shop.url, Connector.Port.CARRIER)


@pytest.fixture
def parcel() -> Shipment:
    order = factories.order(status=Order.Status.SHIPPED)
    return Shipment.objects.create(order=order, carrier="SF", tracking_number="SF1")


def ask(parcel: Shipment) -> ConnectorCall:
    assert connectors.ask_carrier(parcel)
    return attempt(ConnectorCall.objects.get(shipment=parcel))


@pytest.mark.usefixtures("carrier")
def test_news_are_taken_in_once(parcel: Shipment) -> None:
    assert ask(parcel).state == "done"
    assert ask(parcel).state == "done"
    (event,) = parcel.events.all()
    assert (event.status, event.place) == ("in_transit", {"und": "Wuhan"})


@pytest.mark.usefixtures("carrier")
def test_each_question_has_a_key_of_its_own(parcel: Shipment, shop: FakeShop) -> None:
    ask(parcel)
    ask(parcel)
    assert len({call.key for call in shop.calls}) == 2
    assert ConnectorCall.objects.count() == 1


@pytest.mark.usefixtures("carrier")
def test_the_order_arrives_with_its_parcel(parcel: Shipment, shop: FakeShop) -> None:
    shop.answers["carrier.track"]["events"].append(news("delivered", hours_ago=0.5))
    ask(parcel)
    order = Order.objects.get(pk=parcel.order_id)
    assert order.status == Order.Status.DELIVERED
    assert order.delivered_at == NOW - timedelta(hours=0.5)
    assert OrderEvent.objects.filter(order=order, kind="delivered").count() == 1


@pytest.mark.usefixtures("carrier")
@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"events": "none"},
        {"events": [news("teleported")]},
        {"events": [news("in_transit", at="yesterday")]},
    ],
)
def test_an_answer_that_is_no_news_changes_nothing(
    parcel: Shipment, shop: FakeShop, answer: dict[str, Any]
) -> None:
    shop.answers["carrier.track"] = answer
    call = ask(parcel)
    assert (call.state, parcel.events.count()) == ("pending", 0)
    assert call.last_error.startswith("the answer: events")


@pytest.mark.usefixtures("carrier")
def test_every_parcel_under_way_has_its_turn(parcel: Shipment) -> None:
    at_home = factories.delivered_order()
    Shipment.objects.create(order=at_home, tracking_number="SF2")
    Shipment.objects.create(order=parcel.order)
    assert following.follow(NOW) == 1
    assert following.follow(NOW) == 0
    attempt(ConnectorCall.objects.get(shipment=parcel))
    assert following.follow(timezone.now() + timedelta(minutes=29)) == 0
    assert following.follow(timezone.now() + timedelta(minutes=31)) == 1


def test_staff_who_track_by_hand_are_not_asked(parcel: Shipment) -> None:
    assert following.follow(NOW) == 0
    assert not connectors.ask_carrier(parcel)
    assert not ConnectorCall.objects.exists()


@pytest.mark.usefixtures("carrier")
def test_while_it_is_down_the_question_stays(parcel: Shipment, shop: FakeShop) -> None:
    shop.plan(*[Fault(status=502)] * 5)
    call = ask(parcel)
    for hour in range(1, 5):
        call = attempt(call, hours=hour)
    assert connectors.outage(Connector.Port.CARRIER)
    assert (call.state, parcel.events.count()) == ("pending", 0)


@pytest.mark.usefixtures("carrier")
def test_a_parcel_that_is_gone_is_no_trouble(parcel: Shipment) -> None:
    call = following.ask(parcel) and ConnectorCall.objects.get(shipment=parcel)
    assert call
    claimed = outbox.claim(call.pk, timezone.now())
    assert claimed
    parcel.delete()
    outbox.settle(*claimed, Done(answer={"events": []}), NOW)
    assert not ConnectorCall.objects.exists()
