"""Cancelling gives everything back, or changes nothing."""

from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone

from orders import changes
from orders.acting import By
from orders.models import (
    Case,
    Customer,
    Order,
    OrderLine,
    Payment,
    PaymentMethod,
    Variant,
)
from orders.refusal import Code
from tests import factories
from tests.orders.shop import refuses

pytestmark = pytest.mark.django_db

CARD, GIFT_CARD = PaymentMethod.Kind.CREDIT_CARD, PaymentMethod.Kind.GIFT_CARD
Status = Order.Status


def cancel(
    order: Order, *, customer: Customer | None = None, reason: str = "too_slow"
) -> Order | Case:
    by = By(
        at=timezone.now(), customer=customer or order.customer, confirmation="token"
    )
    return changes.cancel(order.number, reason=reason, by=by)


def pay(
    order: Order, amount: str, method: PaymentMethod | None, kind: str = "payment"
) -> None:
    Payment.objects.create(
        order=order,
        kind=kind,
        method=method,
        amount=Decimal(amount),
        at=timezone.now(),
    )


def refunds(order: Order) -> dict[int | None, Decimal]:
    """What went back, by the method it went to."""
    paid_back = order.payments.filter(kind=Payment.Kind.REFUND)
    return {payment.method_id: payment.amount for payment in paid_back}


def stock() -> int:
    total: int = Variant.objects.aggregate(sum=Sum("stock"))["sum"]
    return total


def test_a_pending_order_is_cancelled_with_its_reason() -> None:
    order = factories.order()
    cancel(order, reason="found_cheaper")
    order.refresh_from_db()
    assert order.status == Status.CANCELLED
    assert order.cancelled_at is not None
    assert order.cancel_reason == "found_cheaper"


def test_the_money_goes_back_to_the_cent_to_where_it_came_from() -> None:
    order = factories.order(paid=False)
    card = factories.method(order.customer, kind=CARD)
    other = factories.method(order.customer, kind=CARD)
    pay(order, "33.34", card)
    pay(order, "65.66", other)
    cancel(order)
    assert refunds(order) == {card.pk: Decimal("33.34"), other.pk: Decimal("65.66")}


def test_a_gift_card_is_credited_at_once() -> None:
    order = factories.order(paid=False)
    gift = factories.method(order.customer, kind=GIFT_CARD, balance=Decimal("0.50"))
    pay(order, "99.00", gift)
    cancel(order)
    gift.refresh_from_db()
    assert gift.balance == Decimal("99.50")


def test_a_gift_card_of_unknown_balance_is_credited_too() -> None:
    order = factories.order(paid=False)
    gift = factories.method(order.customer, kind=GIFT_CARD)
    pay(order, "99.00", gift)
    cancel(order)
    gift.refresh_from_db()
    assert gift.balance == Decimal("99.00")


def test_only_gift_cards_have_a_balance_to_credit() -> None:
    order = factories.order()
    cancel(order)
    assert PaymentMethod.objects.get().balance is None


def test_what_went_back_already_does_not_go_back_again() -> None:
    order = factories.order(paid=False)
    card = factories.method(order.customer)
    pay(order, "99.00", card)
    pay(order, "20.01", card, kind="refund")
    cancel(order)
    back = order.payments.filter(kind="refund").order_by("amount")
    assert [refund.amount for refund in back] == [Decimal("20.01"), Decimal("78.99")]


def test_never_more_goes_back_than_was_paid() -> None:
    order = factories.order(paid=False)
    card = factories.method(order.customer)
    gift = factories.method(order.customer, kind=GIFT_CARD, balance=Decimal("30.00"))
    pay(order, "99.00", card)
    pay(order, "30.00", gift, kind="refund")
    cancel(order)
    assert refunds(order)[card.pk] == Decimal("69.00")


def test_money_of_an_unknown_method_goes_back_too() -> None:
    order = factories.order(paid=False)
    pay(order, "99.00", None)
    cancel(order)
    assert refunds(order) == {None: Decimal("99.00")}


def test_what_was_not_paid_does_not_go_back() -> None:
    order = factories.order(paid=False)
    cancel(order)
    assert not order.payments.exists()


def test_every_piece_goes_back_to_stock() -> None:
    order = factories.order(lines=2)
    first = order.lines.all()[0]
    # The same piece on two lines, as an import may have it.
    OrderLine.objects.create(
        order=order,
        product=first.product,
        variant=first.variant,
        quantity=3,
        unit_price=first.unit_price,
    )
    before = stock()
    cancel(order)
    assert stock() == before + 5


def test_only_gift_cards_are_credited_at_once() -> None:
    order = factories.order(paid=False)
    pay(order, "49.00", factories.method(order.customer))
    pay(
        order,
        "50.00",
        factories.method(order.customer, kind=GIFT_CARD, balance=Decimal(0)),
    )
    cancel(order)
    states = order.payments.filter(kind="refund").order_by("amount")
    assert [refund.state for refund in states] == ["due", "settled"]


def test_what_did_not_come_in_does_not_go_back() -> None:
    order = factories.order()
    order.payments.update(state=Payment.State.FAILED)
    cancel(order)
    assert not refunds(order)


def test_a_second_cancellation_gives_nothing_back() -> None:
    order = factories.order()
    cancel(order)
    with refuses(Code.ALREADY_CANCELLED):
        cancel(order)
