"""A return is quoted, then opened: inside its window, each line once."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from orders import aftersales
from orders.models import (
    AuditEntry,
    Case,
    CaseLine,
    Customer,
    Order,
    OrderLine,
    Payment,
)
from orders.refusal import Code, Refusal
from tests import factories

pytestmark = pytest.mark.django_db

Status = Order.Status
WINDOW = timedelta(days=7)


def skus(order: Order) -> list[str]:
    return [line.variant.sku for line in order.lines.select_related("variant")]


def counted(order: Order, pieces: Sequence[str] | None) -> dict[str, int]:
    """All of each SKU that can be returned."""
    left: Counter[str] = Counter()
    for one in aftersales.returnable(order):
        left[one.line.variant.sku] += one.quantity
    wanted = skus(order) if pieces is None else pieces
    return {sku: left[sku] or 1 for sku in wanted}


def open_return(
    order: Order,
    pieces: Sequence[str] | None = None,
    *,
    customer: Customer | None = None,
    now: datetime | None = None,
) -> Case:
    return aftersales.open_return(
        order.number,
        counted(order, pieces),
        customer=customer or order.customer,
        reason="too small",
        now=now or timezone.now(),
        confirmation="token",
    )


def last_second(order: Order) -> datetime:
    assert order.delivered_at is not None
    return order.delivered_at + WINDOW


def refused(
    order: Order,
    pieces: Sequence[str] | None = None,
    *,
    now: datetime | None = None,
) -> Refusal:
    """Try to open a return, and see that nothing came of it."""
    cases = Case.objects.count()
    entries = AuditEntry.objects.count()
    with pytest.raises(Refusal) as caught:
        open_return(order, pieces, now=now)
    assert Case.objects.count() == cases
    assert AuditEntry.objects.count() == entries
    return caught.value


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
    assert aftersales.refunded(order) == 0


def test_it_is_written_down_who_did_what() -> None:
    order = factories.delivered_order()
    case = open_return(order)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_ref) == ("open_return", order.number)
    assert entry.arguments == {
        "pieces": dict.fromkeys(skus(order), 1),
        "reason": "too small",
    }
    assert entry.after == {"case": case.ref, "amount": "99.00"}
    assert (entry.customer, entry.confirmation) == (order.customer, "token")


def test_the_last_second_of_the_window_counts() -> None:
    order = factories.delivered_order()
    assert open_return(order, now=last_second(order)).order == order


def test_a_second_later_the_window_has_passed() -> None:
    order = factories.delivered_order()
    late = last_second(order) + timedelta(seconds=1)
    refusal = refused(order, now=late)
    assert refusal.code == Code.WINDOW_PASSED
    assert refusal.facts == {"deadline": last_second(order).isoformat(), "days": 7}


@pytest.mark.parametrize("status", [s for s in Status if s != Status.DELIVERED])
def test_what_has_not_been_delivered_cannot_be_returned(status: str) -> None:
    order = factories.order(status=status)
    refusal = refused(order)
    assert (refusal.code, refusal.facts) == (Code.NOT_DELIVERED, {"status": status})


def test_an_order_without_its_delivery_day_cannot_be_returned() -> None:
    order = factories.order(status=Status.DELIVERED)
    assert refused(order).code == Code.NOT_DELIVERED


def test_a_line_is_returned_once() -> None:
    order = factories.delivered_order(lines=2)
    first, second = skus(order)
    open_return(order, [first])
    assert refused(order, [first]).code == Code.LINE_NOT_IN_ORDER
    assert open_return(order, [second]).lines.count() == 1


def test_when_every_line_is_in_a_case_nothing_is_left_to_return() -> None:
    order = factories.delivered_order()
    open_return(order)
    assert refused(order).code == Code.CASE_OPEN


def test_a_rejected_case_does_not_stand_in_the_way() -> None:
    order = factories.delivered_order()
    open_return(order)
    Case.objects.update(status=Case.Status.REJECTED)
    open_return(order)
    assert CaseLine.objects.count() == 2


@pytest.mark.parametrize("wanted", [[], ["NONE"]])
def test_a_piece_of_no_line_cannot_be_returned(wanted: list[str]) -> None:
    order = factories.delivered_order()
    assert refused(order, wanted).code == Code.LINE_NOT_IN_ORDER


def test_one_unknown_piece_among_known_ones_refuses_them_all() -> None:
    order = factories.delivered_order()
    wanted = [*skus(order), "NONE"]
    assert refused(order, wanted).code == Code.LINE_NOT_IN_ORDER


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


def test_somebody_elses_order_is_not_found() -> None:
    order = factories.delivered_order()
    with pytest.raises(Refusal) as caught:
        open_return(order, customer=factories.customer())
    assert caught.value.code == Code.ORDER_NOT_FOUND
    assert not Case.objects.exists()


def quoted(order: Order) -> Decimal:
    chosen = aftersales.returnable(order)
    return aftersales.quote_return(order, chosen, timezone.now()).amount


def test_a_quote_opens_nothing() -> None:
    order = factories.delivered_order(lines=2)
    assert quoted(order) == Decimal("198.00")
    assert not Case.objects.exists()


def test_never_more_is_promised_than_was_paid() -> None:
    order = factories.delivered_order(lines=2)
    Payment.objects.update(amount=Decimal("150.00"))
    assert quoted(order) == Decimal("150.00")
    open_return(order, skus(order)[:1])
    assert quoted(order) == Decimal("51.00")


def test_what_went_back_already_is_not_promised_again() -> None:
    order = factories.delivered_order()
    Payment.objects.create(
        order=order,
        kind=Payment.Kind.REFUND,
        amount=Decimal("10.50"),
        at=timezone.now(),
    )
    assert aftersales.refunded(order) == Decimal("10.50")
    assert quoted(order) == Decimal("88.50")
