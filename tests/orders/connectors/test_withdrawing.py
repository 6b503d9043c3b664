"""A charge that failed or was not made yet leaves the order in an honest state."""

from decimal import Decimal

import pytest
from django.utils import timezone

from orders import balance, changes, connectors, options, retrying
from orders.acting import By
from orders.connectors import payments
from orders.models import (
    Connector,
    ConnectorCall,
    Order,
    OrderEvent,
    Payment,
    PaymentMethod,
    PolicyTerms,
)
from orders.pieces import Swap
from orders.refusal import Code, Refusal
from tests import factories

pytestmark = pytest.mark.django_db


def by(order: Order) -> By:
    return By(at=timezone.now(), customer=order.customer)


@pytest.fixture
def paypal(connector: Connector) -> PaymentMethod:
    order = factories.order()
    return factories.method(order.customer, kind=PaymentMethod.Kind.PAYPAL)


def change(paypal: PaymentMethod) -> Order:
    order = paypal.customer.orders.get()
    return changes.change_payment(order.number, method=paypal.ref, by=by(order))


def paid_by_gift_card(paypal: PaymentMethod) -> Order:
    """An order whose gift card was credited when another method was to pay."""
    order = paypal.customer.orders.get()
    gift = factories.method(
        order.customer, kind=PaymentMethod.Kind.GIFT_CARD, balance=Decimal(0)
    )
    order.payments.update(method=gift)
    return change(paypal)


def can_change_payment(order: Order) -> bool:
    found = Order.objects.get(pk=order.pk)
    return "change_payment" in options.possible(found, timezone.now())


def fail(order: Order) -> None:
    call = order.calls.get(action=ConnectorCall.Action.CHARGE)
    call.state, call.attempts = ConnectorCall.State.SENDING, 1
    call.save()
    payments.failed(
        order.number,
        call=call.key,
        attempt=1,
        reason="declined",
        by=payments.outside(timezone.now()),
    )


def test_an_unsent_charge_is_withdrawn(paypal: PaymentMethod) -> None:
    order = change(paypal)
    changes.cancel(order.number, reason="other", by=by(order))
    charge = order.payments.get(method=paypal)
    assert (charge.kind, charge.state) == ("payment", Payment.State.FAILED)
    assert balance.held(Order.objects.get(pk=order.pk)) == Decimal("0.00")


def test_a_charge_by_hand_stays() -> None:
    order = factories.order()
    other = factories.method(order.customer)
    changes.change_payment(order.number, method=other.ref, by=by(order))
    assert not connectors.withdraw(order.payments.get(method=other))


def test_the_old_method_stays_where_the_new_one_fails(paypal: PaymentMethod) -> None:
    order = change(paypal)
    fail(order)
    assert balance.holds(order)[order.payments.all()[0].method_id] == order.total
    assert not balance.lacking(order)
    facts = OrderEvent.objects.get(kind="payment_failed").facts
    assert (facts["lacking"], facts["changeable"]) == (False, True)


def test_what_a_gift_card_got_back_at_once_is_lacking_then(
    paypal: PaymentMethod,
) -> None:
    order = paid_by_gift_card(paypal)
    fail(order)
    assert balance.lacking(order) == order.total
    assert OrderEvent.objects.get(kind="payment_failed").facts["lacking"]
    card = factories.method(order.customer)
    changes.change_payment(order.number, method=card.ref, by=by(order))
    assert not balance.lacking(order)


def test_a_difference_that_failed_may_be_paid_though_the_order_is_closed(
    paypal: PaymentMethod,
) -> None:
    order = paypal.customer.orders.get()
    line = order.lines.get()
    dear = factories.variant(line.product, price=Decimal("109.00"))
    swaps = [Swap(sku=line.variant.sku, new_sku=dear.sku)]
    changes.change_items(order.number, swaps=swaps, method=paypal.ref, by=by(order))
    assert not can_change_payment(order)
    fail(order)
    assert balance.lacking(order) == Decimal("10.00")
    assert can_change_payment(order)
    card = factories.method(order.customer)
    changes.change_payment(order.number, method=card.ref, by=by(order))
    assert balance.held(order) == Decimal("109.00")
    assert not can_change_payment(order)


def test_a_retry_of_what_another_method_paid_is_refused(paypal: PaymentMethod) -> None:
    order = paid_by_gift_card(paypal)
    fail(order)
    call = order.calls.get(action=ConnectorCall.Action.CHARGE)
    card = factories.method(order.customer)
    changes.change_payment(order.number, method=card.ref, by=by(order))
    with pytest.raises(retrying.NothingOwedError):
        retrying.retry(order.number, call=call.key, by=by(order))


def test_a_charge_of_a_cancelled_order_that_fails_is_nobodys_news(
    paypal: PaymentMethod,
) -> None:
    order = change(paypal)
    order.calls.filter(action="charge").update(attempts=1)
    changes.cancel(order.number, reason="other", by=by(order))
    fail(order)
    assert not OrderEvent.objects.filter(kind="payment_failed").exists()
    assert balance.held(Order.objects.get(pk=order.pk)) == Decimal("0.00")


def test_a_charge_that_arrives_after_the_cancellation_goes_back(
    paypal: PaymentMethod,
) -> None:
    order = change(paypal)
    charge = order.calls.get(action="charge")
    ConnectorCall.objects.filter(pk=charge.pk).update(attempts=1)
    changes.cancel(order.number, reason="other", by=by(order))
    back = order.payments.filter(kind="refund").exclude(state="failed")
    assert [(one.method == paypal, one.amount) for one in back] == [
        (False, order.total)
    ]
    now = payments.outside(timezone.now())
    payments.settled(order.number, call=charge.key, answer={}, by=now)
    assert back.get(method=paypal).amount == order.total
    assert balance.held(Order.objects.get(pk=order.pk)) == Decimal("0.00")


def test_a_gift_card_gets_nothing_that_may_never_come_in(
    paypal: PaymentMethod,
) -> None:
    order = paypal.customer.orders.get()
    PolicyTerms.objects.create(
        valid_from=factories.ago(days=900), item_change_closes_order=False
    )
    line = order.lines.get()
    dear = factories.variant(line.product, price=Decimal("500.00"))
    cheap = factories.variant(line.product, price=Decimal("1.00"))
    gift = factories.method(
        order.customer, kind=PaymentMethod.Kind.GIFT_CARD, balance=Decimal(0)
    )
    up = [Swap(sku=line.variant.sku, new_sku=dear.sku)]
    down = [Swap(sku=dear.sku, new_sku=cheap.sku)]
    changes.change_items(order.number, swaps=up, method=paypal.ref, by=by(order))
    with pytest.raises(Refusal) as refused:
        changes.change_items(order.number, swaps=down, method=gift.ref, by=by(order))
    assert refused.value.code == Code.PAYMENT_UNDER_WAY
    gift.refresh_from_db()
    assert gift.balance == 0


def test_after_a_failed_charge_another_method_pays(paypal: PaymentMethod) -> None:
    order = change(paypal)
    fail(order)
    card = factories.method(order.customer)
    changes.change_payment(order.number, method=card.ref, by=by(order))
    assert balance.held(Order.objects.get(pk=order.pk)) == order.total
    with pytest.raises(Refusal) as refused:
        changes.change_payment(order.number, method=paypal.ref, by=by(order))
    assert refused.value.code == Code.METHOD_CHANGED
