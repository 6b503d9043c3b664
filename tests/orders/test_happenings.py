"""What happened to an order is recorded once, and history not at all."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from orders import happenings
from orders.models import Order, OrderEvent, Payment, Shipment, ShipmentEvent
from tests import factories
from tests.orders import files

pytestmark = pytest.mark.django_db

Status = ShipmentEvent.Status


def kinds() -> list[str]:
    return list(OrderEvent.objects.waiting().values_list("kind", flat=True))


def observe(order: Order, **options: Any) -> None:
    happenings.observe([order], timezone.now(), **options)


def old_order(**values: Any) -> Order:
    return factories.order(placed_at=factories.ago(days=9), **values)


def parcel(order: Order, *events: tuple[str, datetime], tracking: str = "T1") -> None:
    made = Shipment.objects.create(order=order, carrier="SF", tracking_number=tracking)
    for status, at in events:
        ShipmentEvent.objects.create(shipment=made, status=status, at=at)


# --- what is derived


def test_a_payment_of_today_is_recorded_with_its_facts() -> None:
    order = factories.order(placed_at=factories.ago(hours=1))
    observe(order)
    event = OrderEvent.objects.get()
    assert event.key == f"{order.number}:paid:99.00:1"
    assert event.facts["amount"] == "99.00"
    assert event.facts["method_kind"] == "credit_card"


def test_a_payment_that_is_under_way_is_none_yet() -> None:
    order = factories.order(placed_at=factories.ago(hours=1))
    order.payments.update(state=Payment.State.DUE)
    observe(order)
    assert kinds() == []


def test_each_step_of_a_parcel_is_one_event() -> None:
    order = old_order()
    parcel(
        order,
        (Status.LABEL_CREATED, factories.ago(hours=9)),
        (Status.PICKED_UP, factories.ago(hours=8)),
        (Status.IN_TRANSIT, factories.ago(hours=7)),
        (Status.EXCEPTION, factories.ago(hours=6)),
        (Status.OUT_FOR_DELIVERY, factories.ago(hours=5)),
        (Status.OUT_FOR_DELIVERY, factories.ago(hours=4)),
        (Status.DELIVERED, factories.ago(hours=3)),
    )
    observe(order)
    out = "out_for_delivery"
    assert kinds() == ["shipped", "exception", out, out, "delivered"]


def test_each_parcel_ships_for_itself() -> None:
    order = old_order(status=Order.Status.SHIPPED)
    parcel(order, (Status.PICKED_UP, factories.ago(hours=2)), tracking="T1")
    parcel(order, (Status.PICKED_UP, factories.ago(hours=1)), tracking="T2")
    parcel(order, tracking="T3")
    observe(order, just_shipped={order.number})
    shipped = [event.parcel for event in OrderEvent.objects.waiting()]
    assert shipped == ["T1", "T2"]


def test_the_status_speaks_where_no_carrier_does() -> None:
    order = old_order(status=Order.Status.SHIPPED)
    observe(order)
    assert kinds() == []
    observe(order, just_shipped={order.number})
    assert kinds() == ["shipped"]


def test_the_orders_own_time_of_delivery_counts_once() -> None:
    order = old_order(status="delivered", delivered_at=factories.ago(hours=2))
    parcel(order)
    observe(order)
    ShipmentEvent.objects.create(
        shipment=order.shipments.get(), status="delivered", at=factories.ago(hours=3)
    )
    observe(order)
    assert kinds() == ["delivered"]


def test_what_is_older_than_a_day_or_still_to_come_is_not_recorded() -> None:
    order = old_order()
    parcel(
        order,
        (Status.PICKED_UP, factories.ago(hours=24, seconds=1)),
        (Status.DELIVERED, timezone.now() + timedelta(hours=1)),
    )
    observe(order)
    assert kinds() == []


# --- once


def test_the_same_again_is_nothing_new() -> None:
    order = factories.order(placed_at=factories.ago(hours=1))
    parcel(order, (Status.PICKED_UP, factories.ago(minutes=9)))
    observe(order)
    before = list(OrderEvent.objects.values())
    observe(order)
    assert list(OrderEvent.objects.values()) == before


def test_rows_written_anew_are_the_same_event() -> None:
    order = factories.order(placed_at=factories.ago(hours=1))
    observe(order)
    paid = order.payments.get()
    paid.delete()
    # The shop's books have their own time and forget the method.
    Payment.objects.create(
        order=order, kind="payment", amount=paid.amount, at=factories.ago(minutes=50)
    )
    observe(order)
    assert kinds() == ["paid"]


def test_two_payments_of_one_amount_are_two_events() -> None:
    order = factories.order(placed_at=factories.ago(hours=1))
    first = order.payments.get()
    Payment.objects.create(
        order=order, kind="payment", amount=first.amount, at=first.at
    )
    observe(order)
    assert kinds() == ["paid", "paid"]


# --- refunds


def refund(order: Order, amount: str = "9.00") -> Payment:
    return Payment.objects.create(
        order=order,
        kind=Payment.Kind.REFUND,
        amount=Decimal(amount),
        at=factories.ago(days=3),
        method=factories.method(order.customer),
    )


def test_a_refund_is_news_when_it_is_done_not_when_it_was_booked() -> None:
    order = old_order()
    happenings.refunded(order, refund(order))
    event = OrderEvent.objects.get()
    assert event.kind == OrderEvent.Kind.REFUNDED
    assert timezone.now() - event.at < timedelta(minutes=1)


def test_a_refund_told_twice_is_one_event_and_another_is_another() -> None:
    order = old_order()
    first = refund(order)
    happenings.refunded(order, first)
    happenings.refunded(order, first)
    assert len(kinds()) == 1
    happenings.refunded(order, refund(order))
    assert len(kinds()) == 2


def test_a_refund_that_the_shops_files_bring_back_is_known() -> None:
    order = old_order()
    made = refund(order)
    happenings.refunded(order, made)
    Payment.objects.filter(pk=made.pk).update(at=factories.ago(hours=1))
    observe(order)
    assert len(kinds()) == 1


# --- what an import brings


@pytest.fixture
def bring(tmp_path: Path) -> Callable[..., None]:
    """Import the shop with one order, as changed."""

    def bring(**changes: Any) -> None:
        at = factories.ago(hours=30).isoformat()
        base = {"placed_at": at, "payments": [files.payment(at=at)], "shipments": []}
        lines = [files.order(**{**base, "status": "processed", **changes})]
        said = files.run(
            files.write(
                tmp_path,
                customers=[files.customer()],
                products=[files.product()],
                orders=lines,
            )
        )
        assert "FAILED" not in said

    return bring


def test_an_import_of_history_records_nothing_and_asks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[object] = []
    monkeypatch.setattr(happenings, "observe", lambda *given, **_: looked.append(given))
    event = files.event(at="2025-11-02T10:00:00+08:00")
    old = files.order(
        placed_at="2025-11-01T09:30:00+08:00",
        payments=[files.payment(at="2025-11-01T09:31:00+08:00")],
        shipments=[files.shipment(events=[event])],
    )
    files.write(tmp_path, customers=[files.customer()], products=[files.product()])
    files.run(files.write(tmp_path, orders=[old]))
    assert Order.objects.exists()
    assert looked == []


def test_an_import_records_the_news_once(bring: Callable[..., None]) -> None:
    bring()
    assert kinds() == []
    news = files.event(at=factories.ago(hours=1).isoformat())
    shipped = {"status": "shipped", "shipments": [files.shipment(events=[news])]}
    bring(**shipped)
    bring(**shipped)
    # Anything else changes, and the rows are written anew.
    moved = files.shipment(events=[news], estimated_delivery="2027-01-01")
    bring(status="shipped", shipments=[moved])
    assert kinds() == ["shipped"]


def test_an_import_notes_that_an_order_became_shipped(
    bring: Callable[..., None],
) -> None:
    bring()
    bring(status="shipped", shipments=[files.shipment(events=[])])
    bring(status="shipped", shipments=[files.shipment(events=[])], currency="USD")
    assert kinds() == ["shipped"]


def test_a_dry_run_records_nothing(tmp_path: Path) -> None:
    paid = files.payment(at=factories.ago(hours=1).isoformat())
    files.write(tmp_path, customers=[files.customer()], products=[files.product()])
    files.write(tmp_path, orders=[files.order(payments=[paid])])
    files.run(tmp_path, dry_run=True)
    assert kinds() == []


def test_many_orders_cost_as_much_as_one(django_assert_num_queries: Any) -> None:
    made = [factories.order(placed_at=factories.ago(hours=1)) for _ in range(9)]
    with django_assert_num_queries(5):
        happenings.observe(made, timezone.now())
    assert len(kinds()) == 9
