"""An older picture of the shop's does not take back what was written here since."""

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

from orders import aftersales, changes, exporting, importing, intake
from orders.acting import By
from orders.models import Order, PaymentMethod
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
