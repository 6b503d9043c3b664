"""A shop's system outside, and an order whose refund it is asked for."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from orders import money
from orders.connectors import outbox
from orders.models import Connector, ConnectorCall, Order, Payment
from tests import factories
from tests.emulators.shop import SECRET, FakeShop


@pytest.fixture
def shop() -> Iterator[FakeShop]:
    with FakeShop() as server:
        yield server


@pytest.fixture
def connector(shop: FakeShop) -> Connector:
    return connect(shop.url)


def connect(url: str, port: str = Connector.Port.PAYMENT) -> Connector:
    return Connector.objects.create(
        port=port, kind=Connector.Kind.HTTP, url=url, secret=SECRET
    )


def refund(order: Order | None = None, amount: str = "9.90") -> ConnectorCall:
    """Book a refund; the call that carries it out."""
    order = order or factories.order()
    method = order.payments.all()[0].method
    booked = money.give_back(order, method, Decimal(amount), timezone.now())
    return ConnectorCall.objects.get(payment=booked)


def attempt(call: ConnectorCall, **later: float) -> ConnectorCall:
    """Make an attempt, as if the time had come; the call as it is then."""
    now = timezone.now() + timedelta(**later)
    ConnectorCall.objects.filter(pk=call.pk, state="pending").update(due_at=now)
    outbox.attempt(call.pk, now)
    call.refresh_from_db()
    return call


def payment_state(call: ConnectorCall) -> str:
    return Payment.objects.get(call=call).state
