"""Of a line of three pieces, only some go back."""

from decimal import Decimal

import pytest
from django.utils import timezone

from orders import aftersales, pieces
from orders.acting import By
from orders.models import AuditEntry, Case, Order, OrderLine, Payment
from orders.refusal import Code
from tests import factories
from tests.orders.shop import refuses

pytestmark = pytest.mark.django_db


def open_return(order: Order, counts: dict[str, int]) -> Case:
    by = By(at=timezone.now(), customer=order.customer)
    return aftersales.open_return(order.number, items=counts, by=by)


@pytest.fixture
def order() -> Order:
    order = factories.delivered_order()
    OrderLine.objects.filter(order=order).update(quantity=3)
    Payment.objects.update(amount=Decimal("297.00"))
    return order


def test_only_they_go_back_and_are_paid_for(order: Order) -> None:
    sku = order.lines.get().variant.sku
    case = open_return(order, {sku: 2})
    assert [line.quantity for line in case.lines.all()] == [2]
    assert case.refund_amount == Decimal("198.00")
    assert AuditEntry.objects.get().arguments["items"] == {sku: 2}


def test_the_rest_can_go_back_later_and_no_more(order: Order) -> None:
    sku = order.lines.get().variant.sku
    open_return(order, {sku: 2})
    [left] = pieces.free(order)
    assert (left.quantity, left.amount) == (1, Decimal("99.00"))
    with refuses(Code.CASE_OPEN):
        open_return(order, {sku: 2})
    open_return(order, {sku: 1})
    with refuses(Code.CASE_OPEN):
        open_return(order, {sku: 1})


@pytest.mark.parametrize(
    ("count", "code"),
    [(0, Code.NO_ITEMS), (-1, Code.NO_ITEMS), (4, Code.TOO_MANY_PIECES)],
)
def test_no_other_number_is_taken(order: Order, count: int, code: Code) -> None:
    sku = order.lines.get().variant.sku
    with refuses(code):
        open_return(order, {sku: count})
    with refuses(code):
        aftersales.quote_return(order, {sku: count}, now=timezone.now())
