"""Who fails again and again is left alone for a while."""

from datetime import timedelta

import pytest
from django.utils import timezone

from orders import connectors
from orders.connectors import breaker, outbox
from orders.connectors.result import Failed, Refused
from orders.models import Connector
from tests.emulators.shop import FakeShop, Fault
from tests.orders.connectors.conftest import attempt, refund

pytestmark = pytest.mark.django_db

PAYMENT = Connector.Port.PAYMENT


def fail(shop: FakeShop, times: int) -> None:
    shop.plan(*[Fault(status=500)] * times)
    for _ in range(times):
        attempt(refund())


@pytest.mark.usefixtures("connector")
def test_it_opens_after_five_failures(shop: FakeShop) -> None:
    fail(shop, 4)
    assert not connectors.outage(PAYMENT)
    fail(shop, 1)
    assert connectors.outage(PAYMENT)
    waiting = attempt(refund())
    assert (waiting.state, waiting.attempts, len(shop.calls)) == ("pending", 0, 5)
    assert not outbox.due(timezone.now()).exists()


def test_one_call_is_let_through_after_the_pause(
    shop: FakeShop, connector: Connector
) -> None:
    fail(shop, 5)
    connector.refresh_from_db()
    later = timezone.now() + timedelta(seconds=61)
    assert breaker.lets_through(connector, later)
    assert not breaker.lets_through(connector, later)


@pytest.mark.usefixtures("connector")
def test_an_answer_closes_it(shop: FakeShop) -> None:
    fail(shop, 5)
    assert attempt(refund(), seconds=61).state == "done"
    assert not connectors.outage(PAYMENT)
    assert attempt(refund()).state == "done"


def test_each_failure_doubles_the_pause(shop: FakeShop, connector: Connector) -> None:
    now = timezone.now()
    pauses = []
    for _ in range(10):
        breaker.note(connector, Failed(reason=""), now)
        connector.refresh_from_db()
        until = connector.open_until
        pauses.append((until - now).total_seconds() if until else 0)
    assert pauses == [0, 0, 0, 0, 60, 120, 240, 480, 900, 900]


def test_a_no_and_a_plea_for_patience_do_not_open_it(connector: Connector) -> None:
    for _ in range(5):
        breaker.note(connector, Refused(reason=""), timezone.now())
        breaker.note(connector, Failed(reason="", down=False), timezone.now())
    assert not connectors.outage(PAYMENT)
