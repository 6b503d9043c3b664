"""Questions about orders: only the owner's, and the same answer to every stranger."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from orders import lookup
from orders.models import Case, Order, Payment, Shipment, ShipmentEvent
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    anna = factories.customer(email="Anna.Li@Example.com", phone="+86 138-0000 1234")
    return factories.order(anna, number="SO4711")


def test_an_order_is_found_in_any_letter_case(order: Order) -> None:
    assert lookup.order_of(order.customer, "so4711") == order


def test_somebody_elses_order_is_not_found(order: Order) -> None:
    assert lookup.order_of(factories.customer(), "SO4711") is None


def test_the_newest_orders_come_first(order: Order) -> None:
    anna = order.customer
    newer = factories.order(anna, placed_at=timezone.now())
    factories.order()
    assert lookup.orders_of(anna) == [newer, order]
    assert lookup.orders_of(anna, limit=1) == [newer]


def test_the_newest_event_of_any_parcel_counts(order: Order) -> None:
    for hours in (5, 1, 3):
        parcel = Shipment.objects.create(order=order)
        ShipmentEvent.objects.create(
            shipment=parcel, at=factories.ago(hours=hours), status="in_transit"
        )
    newest = lookup.newest_event(order)
    assert newest is not None
    assert timezone.now() - newest.at < timedelta(hours=2)


def test_an_order_without_events_has_no_newest(order: Order) -> None:
    assert lookup.newest_event(order) is None


def test_what_is_held_is_payments_less_refunds(order: Order) -> None:
    Payment.objects.create(
        order=order,
        kind=Payment.Kind.REFUND,
        amount=Decimal("9.01"),
        at=timezone.now(),
    )
    assert lookup.held(order) == Decimal("89.99")
    assert lookup.held(factories.order(paid=False)) == Decimal()


def test_cases_that_ended_are_not_open(order: Order) -> None:
    for status in Case.Status:
        Case.objects.create(
            ref=f"R{status}",
            kind=Case.Kind.RETURN,
            order=order,
            status=status,
            opened_at=timezone.now(),
        )
    open_ones = {str(case.status) for case in lookup.open_cases(order)}
    assert open_ones == {"requested", "approved", "received"}


def test_the_currency_is_that_of_the_newest_order() -> None:
    assert lookup.currency() == "CNY"
    factories.order(currency="USD")
    factories.order(currency="EUR", placed_at=factories.ago(days=30))
    assert lookup.currency() == "USD"
