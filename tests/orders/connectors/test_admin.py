"""What staff do by hand: asked before, audited after."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orders import balance, money
from orders.models import (
    AuditEntry,
    Connector,
    ConnectorCall,
    Order,
    OrderEvent,
    Payment,
)
from tests import factories
from tests.emulators.shop import SECRET, FakeShop, Fault
from tests.orders.connectors.conftest import attempt, payment_state, refund

pytestmark = pytest.mark.django_db

CALLS = "/admin/orders/connectorcall/"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("boss"))
    return client


def act(staff: Client, action: str, call: ConnectorCall, **said: str) -> Any:
    data = {"action": action, "_selected_action": call.pk, **said}
    answer = staff.post(CALLS, data)
    call.refresh_from_db()
    return answer


def failed(shop: FakeShop) -> ConnectorCall:
    shop.plan(Fault(status=400))
    return attempt(refund())


@pytest.mark.parametrize("action", ["mark_done", "mark_failed"])
def test_it_asks_first(staff: Client, action: str) -> None:
    call = refund()
    page = act(staff, action, call)
    assert (page.status_code, call.state) == (200, "manual")
    assert f"{call.order} · " in page.content.decode()
    assert not AuditEntry.objects.exists()


def test_done_by_hand(staff: Client) -> None:
    call = refund()
    act(staff, "mark_done", call, yes="1")
    assert (call.state, payment_state(call)) == ("done", "settled")
    assert AuditEntry.objects.get().actor == "staff:boss"
    assert OrderEvent.objects.filter(kind="refunded").count() == 1


def test_failed_by_hand_the_order_keeps_it(staff: Client) -> None:
    call = refund()
    act(staff, "mark_failed", call, yes="1")
    assert (call.state, payment_state(call)) == ("failed", "failed")
    assert balance.held(call.order) == call.order.total


def test_what_is_not_by_hand_is_left_alone(staff: Client, connector: Connector) -> None:
    call = refund()
    act(staff, "mark_done", call, yes="1")
    assert (call.state, payment_state(call)) == ("pending", "due")


@pytest.mark.usefixtures("connector")
def test_a_failed_refund_is_tried_again(staff: Client, shop: FakeShop) -> None:
    call = failed(shop)
    key = call.key
    act(staff, "retry", call, yes="1")
    assert (call.state, payment_state(call), call.key) == ("pending", "due", key)
    assert attempt(call).state == "done"


@pytest.mark.usefixtures("connector")
def test_money_that_is_gone_is_not_given_twice(staff: Client, shop: FakeShop) -> None:
    call = failed(shop)
    order = call.order
    money.give_all_back(order, timezone.now())
    act(staff, "retry", call, yes="1")
    assert (call.state, payment_state(call)) == ("failed", "failed")
    assert balance.held(order) == 0


def test_whoever_may_only_look_cannot_act(client: Client) -> None:
    client.force_login(factories.agent())
    call = refund()
    assert act(client, "mark_done", call, yes="1").status_code == 403
    assert call.state == "manual"


def test_the_lists_load(staff: Client, connector: Connector) -> None:
    refund()
    for name in ("connector", "connectorcall", "shopevent"):
        url = reverse(f"admin:orders_{name}_changelist")
        assert staff.get(url).status_code == 200
    url = reverse("admin:orders_connector_change", args=[connector.pk])
    assert SECRET not in staff.get(url).content.decode()


def save(staff: Client, row: Connector, **values: str) -> Connector:
    given = {"port": row.port, "kind": row.kind, "url": row.url, "active": "on"}
    url = reverse("admin:orders_connector_change", args=[row.pk])
    staff.post(url, given | values)
    return Connector.objects.get(pk=row.pk)


def test_an_empty_secret_keeps_the_old_one(staff: Client, connector: Connector) -> None:
    assert save(staff, connector, active="").secret == SECRET
    assert not Connector.objects.get().active


@pytest.mark.parametrize(
    "values",
    [
        {"url": "ftp://example.com/"},
        {"url": ""},
        {"secret": "short"},
        {"url": "https://elsewhere.example/"},
    ],
)
def test_what_would_not_work_is_not_saved(
    staff: Client, connector: Connector, values: dict[str, str]
) -> None:
    saved = save(staff, connector, **values)
    assert (saved.url, saved.secret) == (connector.url, SECRET)


def test_payments_have_one_call(connector: Connector) -> None:
    call = refund()
    assert Payment.objects.get(call=call).booked_here


@pytest.mark.usefixtures("connector")
def test_nothing_is_charged_for_a_cancelled_order(
    staff: Client, shop: FakeShop
) -> None:
    shop.plan(Fault(status=400))
    order = factories.order()
    method = order.payments.all()[0].method
    booked = money.charge(order, method, Decimal(5), timezone.now())
    call = attempt(ConnectorCall.objects.get(payment=booked))
    Order.objects.filter(pk=order.pk).update(status=Order.Status.CANCELLED)
    act(staff, "retry", call, yes="1")
    assert (call.state, payment_state(call)) == ("failed", "failed")


def test_money_that_is_not_here_yet_is_not_given_back(staff: Client) -> None:
    order = factories.order(paid=False)
    method = factories.method(order.customer)
    charge = money.charge(order, method, order.total, timezone.now())
    back = refund(order, "99.00")
    act(staff, "mark_done", back, yes="1")
    assert (back.state, payment_state(back)) == ("manual", "due")
    act(staff, "mark_done", ConnectorCall.objects.get(payment=charge), yes="1")
    act(staff, "mark_done", back, yes="1")
    assert (back.state, payment_state(back)) == ("done", "settled")


def test_a_charge_that_staff_mark_as_failed_is_news(staff: Client) -> None:
    order = factories.order()
    other = factories.method(order.customer)
    money.charge(order, other, Decimal("5.00"), timezone.now())
    call = ConnectorCall.objects.get()
    act(staff, "mark_failed", call, yes="1")
    event = OrderEvent.objects.get()
    assert (event.kind, event.facts["amount"]) == ("payment_failed", "5.00")
