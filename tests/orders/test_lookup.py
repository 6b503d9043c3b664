"""Questions about orders: only the owner's, and the same answer to every stranger."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from orders import lookup
from orders.models import Case, Customer, Order, Payment, Shipment, ShipmentEvent
from tests import factories

pytestmark = pytest.mark.django_db

DETAILS = 2


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


def test_the_currency_is_that_of_the_newest_order() -> None:
    assert lookup.currency() == "CNY"
    factories.order(currency="USD")
    factories.order(currency="EUR", placed_at=factories.ago(days=30))
    assert lookup.currency() == "USD"


def _all_said(order: Order) -> str:
    """Read what the bot, the desk and the API read of an order."""
    said = [
        order.customer.name,
        *(f"{line.product.name} {line.variant.sku}" for line in order.lines.all()),
        *(f"{paid.amount} {paid.method}" for paid in order.payments.all()),
        *(f"{case.ref} {case.skus} {case.refund_method}" for case in order.cases.all()),
        *(
            f"{parcel} {parcel.skus} {event.at} {event.place}"
            for parcel in order.shipments.all()
            for event in parcel.events.all()
        ),
        str(lookup.newest_event(order)),
        str([case.is_open for case in order.cases.all()]),
        str(order.total),
    ]
    return "\n".join(said)


@pytest.fixture
def rich(order: Order) -> Order:
    for hours in (9, 5, 7):
        parcel = Shipment.objects.create(
            order=order, skus=["A"], estimated_delivery=date(2026, 11, 4)
        )
        for ago in (hours, hours + 1):
            ShipmentEvent.objects.create(
                shipment=parcel,
                at=factories.ago(hours=ago),
                status="in_transit",
                place={"zh": "上海"},
            )
    method = order.customer.payment_methods.create(ref="pm7", kind="paypal")
    Payment.objects.create(
        order=order, kind="refund", amount="9.01", at=timezone.now(), method=method
    )
    for days in (3, 1):
        case = Case.objects.create(
            ref=f"R{days}",
            kind=Case.Kind.RETURN,
            order=order,
            opened_at=factories.ago(days=days),
            refund_amount="5.10",
            refund_method=method,
        )
        case.lines.create(line=order.lines.all()[0])
    return order


def test_everything_said_of_an_order_takes_two_queries(
    rich: Order, django_assert_num_queries: Any
) -> None:
    customer = Customer.objects.get(pk=rich.customer_id)
    with django_assert_num_queries(DETAILS):
        found = lookup.order_of(customer, "SO4711")
        assert found is not None
        said = _all_said(found)
    assert said == _all_said(Order.objects.get(pk=rich.pk))


def test_many_orders_take_as_few_queries(
    rich: Order, django_assert_num_queries: Any
) -> None:
    for _number in range(4):
        factories.order(rich.customer)
    with django_assert_num_queries(DETAILS):
        found = lookup.orders_of(rich.customer)
        said = [_all_said(order) for order in found]
    assert said == [_all_said(Order.objects.get(pk=order.pk)) for order in found]


def test_what_is_fetched_is_what_is_stored(rich: Order) -> None:
    found = lookup.order_of(rich.customer, "SO4711")
    assert found is not None
    for name in ("payments", "shipments", "cases"):
        stored = list(getattr(Order.objects.get(pk=rich.pk), name).all().values())
        fetched = [
            {key: getattr(row, key) for key in stored[0]}
            for row in getattr(found, name).all()
        ]
        assert fetched == stored


def test_an_order_of_nothing_is_found() -> None:
    bare = factories.order(paid=False)
    bare.lines.all().delete()
    found = lookup.order_of(bare.customer, bare.number)
    assert found is not None
    assert not found.lines.all()
    assert not found.cases.all()


@pytest.mark.parametrize("email", ["anna.li@example.com", "ANNA.LI@EXAMPLE.COM"])
def test_an_email_is_found_in_any_letter_case(order: Order, email: str) -> None:
    assert lookup.customer_by_email(email) == order.customer


def test_an_email_of_two_is_nobodys(order: Order) -> None:
    factories.customer(email="anna.li@example.com")
    assert lookup.customer_by_email("anna.li@example.com") is None


@pytest.mark.parametrize(
    "phone", ["+86 138-0000 1234", "13800001234", "0086 138 0000 1234", "8613800001234"]
)
def test_a_phone_is_found_however_it_is_written(order: Order, phone: str) -> None:
    assert lookup.customers_by_phone(phone) == [order.customer]


@pytest.mark.parametrize("phone", ["", "1234", "0001234", "13900001234", "+1 1234567"])
def test_another_or_half_a_phone_is_nobodys(order: Order, phone: str) -> None:
    assert order.customer not in lookup.customers_by_phone(phone)


def test_a_name_is_told_apart_by_its_postcode() -> None:
    anna, _other = (
        factories.customer(name="Anna Li", address={"postcode": code})
        for code in ("200000", "100000")
    )
    assert lookup.customer_by_name_postcode("anna li", "200000") == anna
    assert lookup.customer_by_name_postcode("anna li", "300000") is None
    assert lookup.customer_by_name_postcode("anna li", "") is None


def test_two_of_a_name_and_postcode_are_nobody() -> None:
    for _one in range(2):
        factories.customer(name="Anna Li", address={"postcode": "200000"})
    assert lookup.customer_by_name_postcode("Anna Li", "200000") is None


def test_a_case_is_found_by_its_owner_only(rich: Order) -> None:
    found = lookup.case_numbered("R3", rich.customer)
    assert found is not None
    assert found.ref == "R3"
    assert lookup.case_numbered("R3", factories.customer()) is None
    assert lookup.case_numbered("R3", None) == found
