"""A charge that failed or was not made yet leaves the order in an honest state."""

from decimal import Decimal

import pytest
from django.utils import timezone

from orders import changes, connectors, money
from orders.acting import By
from orders.connectors import payments
from orders.models import Connector, ConnectorCall, Order, Payment, PaymentMethod
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
    assert money.held(Order.objects.get(pk=order.pk)) == Decimal("0.00")


def test_a_charge_by_hand_stays() -> None:
    order = factories.order()
    other = factories.method(order.customer)
    changes.change_payment(order.number, method=other.ref, by=by(order))
    assert not connectors.withdraw(order.payments.get(method=other))


def test_after_a_failed_charge_another_method_pays(paypal: PaymentMethod) -> None:
    order = change(paypal)
    fail(order)
    card = factories.method(order.customer)
    changes.change_payment(order.number, method=card.ref, by=by(order))
    assert money.held(Order.objects.get(pk=order.pk)) == order.total
    with pytest.raises(Refusal) as refused:
        changes.change_payment(order.number, method=paypal.ref, by=by(order))
    assert refused.value.code == Code.METHOD_CHANGED
