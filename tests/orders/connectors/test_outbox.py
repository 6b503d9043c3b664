"""Money is moved once, however often the outside fails on the way."""

import socket
import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime

import pytest
from django.db import connection
from django.utils import timezone

from orders import balance, money
from orders.connectors import http, outbox
from orders.connectors.result import Done, Failed, Refused
from orders.models import AuditEntry, Connector, ConnectorCall, OrderEvent
from tests import factories
from tests.emulators.shop import FakeShop, Fault
from tests.orders.connectors.conftest import attempt, connect, payment_state, refund

pytestmark = pytest.mark.django_db

State = ConnectorCall.State
BROKEN = Fault(status=500)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "TIMEOUT", 0.3)


@pytest.mark.usefixtures("connector")
def test_the_money_is_asked_for_as_booked(shop: FakeShop) -> None:
    call = attempt(refund())
    (asked,) = shop.calls
    assert (call.state, payment_state(call)) == (State.DONE, "settled")
    assert asked.signed
    assert asked.body["type"] == "payment.refund"
    assert asked.body["data"]["amount"] == "9.90"
    assert asked.body["data"]["order"] == call.order.number


@pytest.mark.usefixtures("connector")
def test_its_end_is_told_and_audited() -> None:
    call = attempt(refund())
    entry = AuditEntry.objects.get(action="payment_settled")
    assert (entry.actor, entry.object_ref) == ("connector", call.order.number)
    assert OrderEvent.objects.filter(order=call.order, kind="refunded").count() == 1


def test_without_a_connector_staff_do_it() -> None:
    assert refund().state == State.MANUAL


@pytest.mark.usefixtures("connector")
@pytest.mark.parametrize(
    "fault",
    [
        BROKEN,
        Fault(status=503, execute=True),
        Fault(drop=True),
        Fault(drop=True, execute=True),
        Fault(delay=1.0, execute=True),
        Fault(body=b"<html>", execute=True),
        Fault(body=b"[1]", execute=True),
        Fault(body=b'{"a": NaN}', execute=True),
        Fault(body=b"\xff", execute=True),
        Fault(body=b"[" * 100_000, execute=True),
        Fault(body=b"{}" * 200_000, execute=True),
        Fault(status=302, headers={"Location": "http://127.0.0.1:1/"}),
        Fault(status=409),
        Fault(status=429),
    ],
    ids=repr,
)
def test_what_failed_is_asked_again(shop: FakeShop, fault: Fault) -> None:
    shop.plan(fault)
    call = attempt(refund())
    assert (call.state, payment_state(call)) == (State.PENDING, "due")
    assert call.due_at > timezone.now() + timedelta(seconds=40)
    assert call.last_error

    assert attempt(call, hours=1).state == State.DONE
    assert len(shop.executed) == 1
    assert len({asked.key for asked in shop.calls}) == 1


def test_nobody_listening_is_a_failure() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        connect(f"http://127.0.0.1:{probe.getsockname()[1]}/")
        call = attempt(refund())
    assert (call.state, call.last_error) == (State.PENDING, "ConnectError")


@pytest.mark.parametrize("url", ["http://", "http://[", "http://a:b:c/", "ftp://a/"])
def test_a_senseless_address_is_a_failure(url: str) -> None:
    connect(url)
    assert attempt(refund()).state == State.PENDING


@pytest.mark.usefixtures("connector")
@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422])
def test_a_no_is_final(shop: FakeShop, status: int) -> None:
    order = factories.order()
    held = balance.held(order)
    shop.plan(Fault(status=status, body="bad ref\0 é".encode()))
    call = attempt(refund(order))
    assert (call.state, payment_state(call)) == (State.FAILED, "failed")
    assert call.last_error.startswith(f"{status} bad ref")
    assert balance.held(order) == held
    assert not OrderEvent.objects.filter(kind="refunded").exists()


@pytest.mark.usefixtures("connector")
@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        ("600", 595, 605),
        ("", 40, 80),
        ("soon", 40, 80),
        ("-5", 40, 80),
        ("9" * 40, 21_590, 21_610),
        ("in an hour", 3500, 3650),
    ],
)
def test_the_wait_that_was_asked_for(
    shop: FakeShop, asked: str, least: float, most: float
) -> None:
    if asked == "in an hour":
        asked = format_datetime(datetime.now(UTC) + timedelta(hours=1))
    shop.plan(Fault(status=429, headers={"Retry-After": asked}))
    call = attempt(refund())
    wait = (call.due_at - timezone.now()).total_seconds()
    assert least < wait < most


def test_waits_double_up_to_a_limit() -> None:
    waits = [outbox.wait(attempts) for attempts in (1, 2, 3, 9, 12, 5000)]
    expected = [60, 120, 240, 15_360, 21_600, 21_600]
    assert all(0.8 * e <= w <= 1.2 * e for e, w in zip(expected, waits, strict=True))


@pytest.mark.usefixtures("connector")
def test_after_the_last_attempt_it_has_failed(shop: FakeShop) -> None:
    shop.plan(*[Fault(status=429)] * outbox.MAX_ATTEMPTS)
    call = refund()
    for hour in range(outbox.MAX_ATTEMPTS):
        assert call.state == State.PENDING
        attempt(call, hours=7 * hour)
    assert (call.state, payment_state(call)) == (State.FAILED, "failed")
    assert len(shop.calls) == outbox.MAX_ATTEMPTS


@pytest.mark.usefixtures("connector")
def test_not_before_it_is_due(shop: FakeShop) -> None:
    shop.plan(BROKEN)
    call = attempt(refund())
    outbox.attempt(call.pk, timezone.now())
    assert len(shop.calls) == 1


@pytest.mark.usefixtures("connector")
def test_an_attempt_of_a_dead_worker_is_taken_over(shop: FakeShop) -> None:
    call = refund()
    now = timezone.now()
    assert outbox.claim(call.pk, now)
    assert outbox.claim(call.pk, now + timedelta(seconds=59)) is None
    call = attempt(call, seconds=61)
    assert (call.state, call.attempts) == (State.DONE, 2)
    assert len(shop.executed) == 1


@pytest.mark.usefixtures("connector")
def test_a_worker_that_comes_back_late_spoils_nothing() -> None:
    call = refund()
    claimed = outbox.claim(call.pk, timezone.now())
    assert claimed
    done = attempt(call, seconds=61)
    outbox.settle(*claimed, Refused(reason="late"), timezone.now())
    outbox.settle(*claimed, Failed(reason="late"), timezone.now())
    outbox.settle(*claimed, Done(), timezone.now())
    done.refresh_from_db()
    assert (done.state, payment_state(done)) == (State.DONE, "settled")
    assert AuditEntry.objects.filter(action__startswith="payment_").count() == 1


@pytest.mark.usefixtures("connector")
def test_a_refund_waits_for_the_charge(shop: FakeShop) -> None:
    order = factories.order()
    method = order.payments.get().method
    charge = ConnectorCall.objects.get(
        payment=money.charge(order, method, order.total, timezone.now())
    )
    back = attempt(refund(order))
    assert (back.state, shop.calls) == (State.PENDING, [])
    assert attempt(charge).state == State.DONE
    assert attempt(back).state == State.DONE


@pytest.mark.usefixtures("connector")
def test_a_failed_charge_keeps_the_refund_that_waited_for_it(shop: FakeShop) -> None:
    order = factories.order()
    method = order.payments.get().method
    charge = ConnectorCall.objects.get(
        payment=money.charge(order, method, order.total, timezone.now())
    )
    back = refund(order)
    shop.plan(Fault(status=400))
    attempt(charge)
    outbox.attempt(back.pk, timezone.now())
    assert len(shop.calls) == 1
    assert not order.payments.filter(kind="refund").exists()
    assert balance.held(order) == order.total


def test_a_connector_that_was_turned_off_leaves_it_to_staff(
    connector: Connector,
) -> None:
    call = refund()
    connector.active = False
    connector.save()
    assert attempt(call).state == State.MANUAL


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("connector")
def test_workers_at_once_send_it_once(shop: FakeShop) -> None:
    shop.plan(Fault(delay=0.2, execute=True))
    call = refund()

    def work() -> None:
        try:
            outbox.attempt(call.pk, timezone.now())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    call.refresh_from_db()
    assert (len(shop.calls), call.state, call.attempts) == (1, State.DONE, 1)


@pytest.mark.usefixtures("connector")
@pytest.mark.parametrize(
    "body",
    [
        b'{"a": "\\u0000"}',
        b'{"\\ud800": 1}',
        b'{"a": [1e999]}',
        b'{"a":' + b"[" * 800 + b"]" * 800 + b"}",
    ],
    ids=["NUL", "half a character", "endless", "deep"],
)
def test_a_yes_that_cannot_be_kept_is_a_yes(shop: FakeShop, body: bytes) -> None:
    shop.plan(Fault(body=body, execute=True))
    call = attempt(refund())
    assert (call.state, call.answer, payment_state(call)) == (State.DONE, {}, "settled")


@pytest.mark.usefixtures("connector")
def test_a_refund_that_waits_takes_nobodys_turn() -> None:
    order = factories.order()
    money.charge(order, order.payments.all()[0].method, Decimal(5), timezone.now())
    waiting = refund(order)
    due = outbox.due(timezone.now())
    assert waiting not in due
    ConnectorCall.objects.filter(action="charge").update(state=State.DONE)
    assert list(due.all()) == [waiting]
