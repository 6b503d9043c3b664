"""An older picture of the shop's does not take back what was written here since."""

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

from orders import aftersales, changes, exporting, importing, intake
from orders.acting import By
from orders.models import Order, OrderEvent, PaymentMethod
from orders.pieces import Swap
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return factories.order()


def by(order: Order) -> By:
    return By(at=timezone.now(), customer=order.customer)


def row(kind: str, directory: Path) -> dict[str, object]:
    exporting.export_shop(directory)
    line = (directory / f"{kind}.jsonl").read_text().splitlines()[0]
    found: dict[str, object] = json.loads(line)
    return found


def tell(kind: str, data: dict[str, object], *, hours_ago: float) -> None:
    now = timezone.now()
    at = (now - timedelta(hours=hours_ago)).isoformat()
    body = json.dumps({"type": kind, "occurred_at": at, "data": data}).encode()
    assert intake.take_in(f"{kind}{hours_ago}", body, now)


def test_changed_items_stay(order: Order, tmp_path: Path) -> None:
    before = row("orders", tmp_path)
    line = order.lines.get()
    new = factories.variant(line.product, price=Decimal("120.00"))
    payment = order.payments.get()
    assert payment.method
    changes.change_items(
        order.number,
        swaps=[Swap(sku=line.variant.sku, new_sku=new.sku)],
        method=payment.method.ref,
        by=by(order),
    )
    tell("order.updated", before, hours_ago=1)
    assert order.lines.get().variant == new


def test_a_spent_gift_card_stays_spent(order: Order, tmp_path: Path) -> None:
    card = factories.method(
        order.customer, kind=PaymentMethod.Kind.GIFT_CARD, balance=Decimal("100.00")
    )
    before = row("customers", tmp_path)
    changes.change_payment(order.number, method=card.ref, by=by(order))
    tell("customer.updated", before, hours_ago=1)
    card.refresh_from_db()
    assert card.balance == Decimal("1.00")


def test_a_cancelled_order_stays_cancelled(order: Order, tmp_path: Path) -> None:
    row("orders", tmp_path)
    changes.cancel(order.number, reason="other", by=by(order))
    importing.import_shop(tmp_path)
    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED
    assert order.cancelled_at is not None


def test_what_leaves_the_row_alone_does_not_hold_news_back(tmp_path: Path) -> None:
    order = factories.delivered_order()
    news = row("orders", tmp_path) | {"delivery_note": "left with the neighbour"}
    sku = order.lines.get().variant.sku
    aftersales.open_return(order.number, items={sku: 1}, by=by(order))
    tell("order.updated", news, hours_ago=1)
    order.refresh_from_db()
    assert order.delivery_note == "left with the neighbour"


def change_address(order: Order) -> None:
    address = {"line1": "1 New Road", "city": "Bath"}
    changes.change_address(order.number, address=address, by=by(order))


@pytest.mark.parametrize("status", ["processed", "shipped", "delivered"])
def test_a_step_on_its_way_is_not_lost(
    order: Order, tmp_path: Path, status: str
) -> None:
    told = row("orders", tmp_path) | {"status": status}
    change_address(order)
    tell("order.updated", told, hours_ago=1)
    order.refresh_from_db()
    assert order.status == status
    assert order.address["line1"] == "1 New Road"


def test_the_time_of_delivery_is_not_lost(order: Order, tmp_path: Path) -> None:
    at = (timezone.now() - timedelta(hours=2)).isoformat()
    told = row("orders", tmp_path) | {"status": "delivered", "delivered_at": at}
    change_address(order)
    tell("order.updated", told, hours_ago=1)
    order.refresh_from_db()
    assert order.delivered_at is not None
    assert order.delivered_at.isoformat() == at


def test_its_shopper_is_told_that_it_left(order: Order, tmp_path: Path) -> None:
    told = row("orders", tmp_path) | {"status": "shipped"}
    change_address(order)
    tell("order.updated", told, hours_ago=1)
    assert OrderEvent.objects.filter(kind="shipped").count() == 1


def test_a_cancellation_of_the_shops_is_not_lost(order: Order, tmp_path: Path) -> None:
    told = row("orders", tmp_path) | {"status": "cancelled"}
    change_address(order)
    tell("order.updated", told, hours_ago=1)
    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED


def test_nothing_leads_back_nor_out_of_cancelled(order: Order, tmp_path: Path) -> None:
    shipped = row("orders", tmp_path) | {"status": "shipped"}
    changes.cancel(order.number, reason="other", by=by(order))
    tell("order.updated", shipped, hours_ago=1)
    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED


def test_of_the_shops_own_pictures_the_newest_counts(
    order: Order, tmp_path: Path
) -> None:
    packed = row("orders", tmp_path) | {"status": "processed"}
    tell("order.updated", packed | {"status": "pending"}, hours_ago=1)
    change_address(order)
    tell("order.updated", packed, hours_ago=2)
    order.refresh_from_db()
    assert order.status == Order.Status.PENDING


def test_news_of_a_parcel_is_never_too_old(order: Order, tmp_path: Path) -> None:
    event = {"at": factories.ago(hours=3).isoformat(), "status": "picked_up"}
    parcel = {"carrier": "SF", "tracking_number": "T1", "events": [event]}
    told = row("orders", tmp_path) | {"shipments": [parcel]}
    change_address(order)
    tell("order.updated", told, hours_ago=1)
    order.refresh_from_db()
    assert order.status == Order.Status.SHIPPED
