"""Events of the shop's system: stored once, the newest wins, parcels only grow."""

import itertools
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from orders import balance, changes, intake
from orders.acting import By
from orders.models import (
    Customer,
    Order,
    OrderEvent,
    Payment,
    Product,
    Shipment,
    ShopEvent,
)
from tests import factories

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def at(minutes: float) -> str:
    return (NOW + timedelta(minutes=minutes)).isoformat()


def tell(kind: str, data: Any, minutes: float = -60, ident: str = "") -> bool:
    event = {"type": kind, "occurred_at": at(minutes), "data": data}
    ident = ident or f"{kind}{minutes}"
    return intake.take_in(ident, json.dumps(event).encode(), NOW)


def customer(name: str = "Anna") -> dict[str, Any]:
    methods = [{"ref": "pm1", "kind": "credit_card"}]
    return {"ref": "C1", "name": name, "payment_methods": methods}


def product(stock: int = 5) -> dict[str, Any]:
    variants = [{"sku": sku, "price": "10.00", "stock": stock} for sku in ("S1", "S2")]
    return {"ref": "P1", "name": "Kettle", "variants": variants}


def order(status: str = "pending", **values: Any) -> dict[str, Any]:
    line = {"product": "P1", "quantity": 1, "unit_price": "10.00"}
    paid = {"kind": "payment", "method": "pm1", "amount": "20.00", "at": at(-600)}
    return {
        "number": "SO1",
        "customer": "C1",
        "placed_at": at(-600),
        "status": status,
        "currency": "CNY",
        "lines": [{"sku": "S1", **line}, {"sku": "S2", **line}],
        "payments": [paid],
        **values,
    }


def parcel(*statuses: str, number: str = "T1", **values: Any) -> dict[str, Any]:
    events = [{"at": at(-50 + n), "status": s} for n, s in enumerate(statuses)]
    shipment = {"carrier": "SF", "tracking_number": number, "events": events, **values}
    return {"order": "SO1", "shipment": shipment}


@pytest.fixture
def known() -> Order:
    tell("customer.updated", customer())
    tell("product.updated", product())
    tell("order.updated", order())
    return Order.objects.get(number="SO1")


def status() -> str:
    return Order.objects.get(number="SO1").status


@pytest.mark.usefixtures("known")
def test_a_shop_that_was_empty_is_filled() -> None:
    assert Customer.objects.get().name == "Anna"
    assert Product.objects.get().variants.count() == 2
    assert Order.objects.get().payments.get().amount == Decimal("20.00")
    assert ShopEvent.objects.filter(ref="SO1").count() == 1


@pytest.mark.usefixtures("known")
def test_a_repeat_does_nothing() -> None:
    assert tell("customer.updated", customer("Bea"), -30, ident="a")
    assert not tell("customer.updated", customer("Cara"), -20, ident="a")
    assert Customer.objects.get().name == "Bea"


@pytest.mark.usefixtures("known")
def test_old_news_are_past() -> None:
    assert tell("product.updated", product(stock=7), -30)
    assert tell("product.updated", product(stock=9), -40)
    assert set(Product.objects.get().variants.values_list("stock", flat=True)) == {7}


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("idents", [("a", "b"), ("b", "a")])
def test_the_greater_id_wins_within_a_moment(idents: tuple[str, str]) -> None:
    for ident in idents:
        tell("customer.updated", customer(ident), -30, ident=ident)
    assert Customer.objects.get().name == "b"


@pytest.mark.usefixtures("known")
def test_parcels_move_the_order_on() -> None:
    tell("shipment.updated", parcel("label_created"), -50)
    assert status() == "pending"
    tell("shipment.updated", parcel("label_created", "picked_up"), -49)
    assert status() == "shipped"
    tell("shipment.updated", parcel("in_transit", "picked_up", "delivered"), -48)
    assert status() == "delivered"
    assert Order.objects.get().delivered_at == NOW - timedelta(minutes=48)
    assert Shipment.objects.get().events.count() == 4


@pytest.mark.usefixtures("known")
def test_another_parcel_shows_that_it_was_not_all() -> None:
    tell("shipment.updated", parcel("delivered", skus=["S1"]), -50)
    assert status() == "shipped"
    tell("shipment.updated", parcel("delivered", number="T2"), -49)
    assert status() == "delivered"
    tell("shipment.updated", parcel(number="T3"), -48)
    assert (status(), Order.objects.get().delivered_at) == ("shipped", None)


@pytest.mark.usefixtures("known")
def test_an_old_order_still_tells_of_its_parcels() -> None:
    tell("order.updated", order("processed", currency="EUR"), -30)
    old = order("shipped", currency="USD", shipments=[parcel("in_transit")["shipment"]])
    tell("order.updated", old, -40)
    stored = Order.objects.get()
    assert (stored.currency, stored.status) == ("EUR", "shipped")


@pytest.mark.usefixtures("known")
def test_parcels_that_the_shop_leaves_out_stay() -> None:
    tell("shipment.updated", parcel("in_transit"), -50)
    kept = Shipment.objects.get().pk
    tell("order.updated", order("shipped"), -30)
    assert Shipment.objects.get().pk == kept


def test_what_was_cancelled_here_stays_so(known: Order) -> None:
    by = By(at=NOW, customer=known.customer)
    changes.cancel("SO1", reason="no_longer_needed", by=by)
    tell("order.updated", order("processed"), -1)
    tell("shipment.updated", parcel("delivered"), -1)
    assert status() == "cancelled"
    assert balance.held(Order.objects.get()) == 0


def test_what_was_booked_here_is_recognised(known: Order) -> None:
    changes.cancel("SO1", reason="other", by=By(at=NOW, customer=known.customer))
    booked = Payment.objects.get(kind="refund")
    back = {"kind": "refund", "method": "pm1", "amount": "20.00", "at": at(-2)}
    paid = order()["payments"]
    tell("order.updated", order("cancelled", payments=[*paid, back]), -1)
    assert Payment.objects.get(kind="refund") == booked
    assert balance.held(Order.objects.get()) == 0


@pytest.mark.usefixtures("known")
def test_news_are_kept_for_the_shopper() -> None:
    tell("shipment.updated", parcel("out_for_delivery"), -5)
    tell("shipment.updated", parcel("out_for_delivery"), -4)
    assert OrderEvent.objects.filter(kind="out_for_delivery").count() == 1


@pytest.mark.usefixtures("known")
def test_a_case_of_the_shop() -> None:
    row = {
        "ref": "A1",
        "kind": "return",
        "order": "SO1",
        "skus": ["S1"],
        "status": "requested",
        "opened_at": at(-10),
    }
    tell("case.updated", row)
    assert Order.objects.get().cases.get().skus == ["S1"]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("order.updated", order(customer="C9")),
        ("order.updated", order(lines=[{**order()["lines"][0], "sku": "S9"}])),
        ("order.updated", order(payments=[{**order()["payments"][0], "method": "x"}])),
        ("shipment.updated", parcel("delivered") | {"order": "SO9"}),
        ("shipment.updated", parcel("delivered", skus=["S9"])),
    ],
)
def test_what_is_not_known_yet_waits(kind: str, data: Any) -> None:
    before = (ShopEvent.objects.count(), Order.objects.values().get())
    with pytest.raises(intake.NotYetError, match=r"S9|C9|SO9|“x”"):
        tell(kind, data, -1)
    assert (ShopEvent.objects.count(), Order.objects.values().get()) == before
    assert not Shipment.objects.exists()


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff",
        b"{",
        b"[" * 100_000,
        json.dumps({"type": "x", "occurred_at": at(0), "data": {}}).encode(),
        json.dumps({"type": "order.updated", "occurred_at": at(0)}).encode(),
        json.dumps({"type": "order.updated", "data": order()}).encode(),
        json.dumps(
            {"type": "order.updated", "occurred_at": at(6), "data": order()}
        ).encode(),
        json.dumps(
            {"type": "order.updated", "occurred_at": at(0), "data": order("lost")}
        ).encode(),
        json.dumps(
            {"type": "shipment.updated", "occurred_at": at(0), "data": {"order": "SO1"}}
        ).encode(),
        json.dumps(
            {
                "type": "shipment.updated",
                "occurred_at": at(0),
                "data": parcel("teleported"),
            }
        ).encode(),
    ],
    ids=itertools.count(),
)
def test_what_makes_no_sense_is_refused(body: bytes) -> None:
    before = (ShopEvent.objects.count(), Order.objects.values().get())
    with pytest.raises(intake.MalformedError):
        intake.take_in("new", body, NOW)
    assert (ShopEvent.objects.count(), Order.objects.values().get()) == before


def test_an_order_from_the_files_is_moved_on_too() -> None:
    stored = factories.order(status=Order.Status.PROCESSED)
    data = parcel("in_transit") | {"order": stored.number}
    tell("shipment.updated", data)
    stored.refresh_from_db()
    assert stored.status == Order.Status.SHIPPED


def test_long_ago_is_no_trouble() -> None:
    stored = factories.order()
    event = {
        "type": "shipment.updated",
        "occurred_at": datetime(1970, 1, 1, tzinfo=UTC).isoformat(),
        "data": parcel("in_transit") | {"order": stored.number},
    }
    assert intake.take_in("x", json.dumps(event).encode(), NOW)
