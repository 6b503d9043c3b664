"""A return is quoted, then opened: inside its window, each line once."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from orders import aftersales, balance, pieces
from orders.acting import By
from orders.models import (
    Case,
    CaseLine,
    Customer,
    Order,
    OrderLine,
    Payment,
)
from orders.refusal import Code, Refusal
from tests import factories
from tests.orders.shop import refuses

pytestmark = pytest.mark.django_db

Status = Order.Status
WINDOW = timedelta(days=7)


def skus(order: Order) -> list[str]:
    return [line.variant.sku for line in order.lines.select_related("variant")]


def counted(order: Order, wanted: Sequence[str] | None) -> dict[str, int]:
    """All of each SKU that can be returned."""
    left: Counter[str] = Counter()
    for one in pieces.free(order):
        left[one.line.variant.sku] += one.quantity
    chosen = skus(order) if wanted is None else wanted
    return {sku: left[sku] or 1 for sku in chosen}


def open_return(
    order: Order,
    wanted: Sequence[str] | None = None,
    *,
    customer: Customer | None = None,
    now: datetime | None = None,
) -> Case:
    by = By(
        at=now or timezone.now(),
        customer=customer or order.customer,
        confirmation="token",
    )
    items = counted(order, wanted)
    return aftersales.open_return(order.number, items=items, reason="small", by=by)


def last_second(order: Order) -> datetime:
    assert order.delivered_at is not None
    return order.delivered_at + WINDOW


def test_a_case_is_opened_for_the_whole_lines() -> None:
    order = factories.delivered_order(lines=2)
    OrderLine.objects.filter(order=order).update(quantity=3)
    case = open_return(order)
    assert (case.kind, case.status) == (Case.Kind.RETURN, Case.Status.REQUESTED)
    assert [line.quantity for line in case.lines.all()] == [3, 3]


def test_the_case_says_what_comes_back_and_where_to() -> None:
    order = factories.delivered_order(lines=2)
    case = open_return(order, skus(order)[:1])
    method = Payment.objects.get(order=order).method
    assert case.refund_amount == Decimal("99.00")
    assert case.refund_method == method


def test_its_number_can_be_read_out_on_the_phone() -> None:
    ref = open_return(factories.delivered_order()).ref
    assert len(ref) == 9
    assert not set(ref[1:]) & set("01OIL")


def test_nothing_is_refunded_before_the_goods_are_back() -> None:
    order = factories.delivered_order()
    open_return(order)
    assert balance.refunded(order) == 0


def test_the_last_second_of_the_window_counts() -> None:
    order = factories.delivered_order()
    assert open_return(order, now=last_second(order)).order == order


def test_the_refusal_says_when_the_window_ended() -> None:
    order = factories.delivered_order()
    with pytest.raises(Refusal) as caught:
        open_return(order, now=last_second(order) + timedelta(seconds=1))
    assert caught.value.facts == {
        "deadline": last_second(order).isoformat(),
        "days": 7,
    }


def test_a_line_is_returned_once() -> None:
    order = factories.delivered_order(lines=2)
    first, second = skus(order)
    open_return(order, [first])
    with refuses(Code.CASE_OPEN):
        open_return(order, [first])
    assert open_return(order, [second]).lines.count() == 1


def test_when_every_line_is_in_a_case_nothing_is_left_to_return() -> None:
    order = factories.delivered_order()
    open_return(order)
    with refuses(Code.CASE_OPEN):
        open_return(order)


def test_a_rejected_case_does_not_stand_in_the_way() -> None:
    order = factories.delivered_order()
    open_return(order)
    Case.objects.update(status=Case.Status.REJECTED)
    open_return(order)
    assert CaseLine.objects.count() == 2


def test_of_two_lines_of_one_piece_the_free_one_can_be_returned() -> None:
    order = factories.delivered_order()
    line = order.lines.get()
    case = open_return(order)
    OrderLine.objects.create(
        order=order,
        product=line.product,
        variant=line.variant,
        unit_price=line.unit_price,
    )
    Payment.objects.update(amount=Decimal("198.00"))
    again = open_return(order, [line.variant.sku])
    assert again != case
    assert again.refund_amount == Decimal("99.00")


def quoted(order: Order) -> Decimal:
    free = {one.line.variant.sku: one.quantity for one in pieces.free(order)}
    return aftersales.quote_return(order, free, now=timezone.now()).amount


def test_a_quote_opens_nothing() -> None:
    order = factories.delivered_order(lines=2)
    assert quoted(order) == Decimal("198.00")
    assert not Case.objects.exists()


def test_never_more_is_promised_than_was_paid() -> None:
    order = factories.delivered_order(lines=2)
    Payment.objects.update(amount=Decimal("150.00"))
    assert quoted(order) == Decimal("150.00")
    open_return(order, skus(order)[:1])
    assert quoted(order) == Decimal("75.00")


def test_what_went_back_already_is_not_promised_again() -> None:
    order = factories.delivered_order()
    Payment.objects.create(
        order=order,
        kind=Payment.Kind.REFUND,
        amount=Decimal("10.50"),
        at=timezone.now(),
    )
    assert balance.refunded(order) == Decimal("10.50")
    assert quoted(order) == Decimal("88.50")
