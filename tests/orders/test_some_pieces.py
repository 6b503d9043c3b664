"""Of a line of three pieces, only some go back."""

from decimal import Decimal

import pytest
from django.utils import timezone

from orders import aftersales
from orders.models import AuditEntry, Case, Order, OrderLine, Payment
from orders.refusal import Code, Refusal
from tests import factories

pytestmark = pytest.mark.django_db


def open_return(order: Order, counts: dict[str, int]) -> Case:
    return aftersales.open_return(
        order.number,
        counts,
        customer=order.customer,
        reason="",
        now=timezone.now(),
    )


def refused(order: Order, counts: dict[str, int]) -> Refusal:
    """Try to open a return, and see that nothing came of it."""
    cases = Case.objects.count()
    with pytest.raises(Refusal) as caught:
        open_return(order, counts)
    assert Case.objects.count() == cases
    return caught.value


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
    assert AuditEntry.objects.get().arguments["pieces"] == {sku: 2}


def test_the_rest_can_go_back_later_and_no_more(order: Order) -> None:
    sku = order.lines.get().variant.sku
    open_return(order, {sku: 2})
    [left] = aftersales.returnable(order)
    assert (left.quantity, left.amount) == (1, Decimal("99.00"))
    assert refused(order, {sku: 2}).code == Code.LINE_NOT_IN_ORDER
    open_return(order, {sku: 1})
    assert refused(order, {sku: 1}).code == Code.CASE_OPEN


@pytest.mark.parametrize("count", [0, -1, 4])
def test_no_other_number_is_taken(order: Order, count: int) -> None:
    sku = order.lines.get().variant.sku
    assert refused(order, {sku: count}).code == Code.LINE_NOT_IN_ORDER


def test_a_quote_for_more_than_there_is_is_refused(order: Order) -> None:
    pieces = aftersales.Pieces(line=order.lines.get(), quantity=4)
    with pytest.raises(Refusal):
        aftersales.quote_return(order, [pieces], timezone.now())
