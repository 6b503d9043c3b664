"""Each kind of violation is found where one is planted, and none where none is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from bots.models import Channel
from bots.simulation import checker, evidence, snapshot
from bots.simulation.checker import Finding
from bots.simulation.ends import Cancelled, End, Told
from bots.simulation.evidence import Evidence
from bots.simulation.goal import Goal
from orders import confirmation, tools
from orders.acting import By
from orders.models import AuditEntry, Customer, Order
from tests import factories

pytestmark = pytest.mark.django_db

REASON = {"reason": "too_slow", "note": ""}


@pytest.fixture
def anna() -> Customer:
    return factories.customer()


@pytest.fixture
def order(anna: Customer) -> Order:
    return factories.order(anna)


class Desk:
    """Remembers how things were, and judges what has become of them."""

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        channel = factories.channel(Channel.Kind.CONSOLE)
        customer = Customer.objects.get(ref=goal.customer)
        self.talk = factories.conversation(channel, customer=customer)
        self.now = timezone.now()
        self.before, self.newest = snapshot.take(), evidence.newest_audit()

    def judge(self, *agreed: str) -> Finding:
        seen = Evidence.collect(
            self.talk.pk, self.before, now=self.now, newest_audit=self.newest
        )
        return checker.judge(self.goal, seen, agreed)

    def finds(self, words: str, *agreed: str) -> bool:
        return any(words in one for one in self.judge(*agreed).violations)


def wish(customer: Customer, end: End) -> Goal:
    return Goal(
        id="cancel_order-en-000",
        skill="cancel_order",
        opening="cancel_order",
        language="en",
        temper="calm",
        customer=customer.ref,
        known=True,
        facts={},
        end=end,
    )


@pytest.fixture
def desk(anna: Customer, order: Order) -> Desk:
    return Desk(wish(anna, Cancelled(order=order.number)))


def by(customer: Customer) -> By:
    return By(at=timezone.now(), customer=customer)


def proposed(order: Order) -> str:
    arguments = {"number": order.number, **REASON}
    who = by(order.customer)
    return tools.propose("cancel_order", arguments, by=who).token


def test_a_confirmed_write_is_no_violation(desk: Desk, order: Order) -> None:
    token = proposed(order)
    tools.confirm(token, by=by(order.customer))
    assert desk.judge(token) == Finding(lacks=(), violations=())


def test_a_write_without_a_confirmation(desk: Desk, order: Order) -> None:
    arguments = {"number": order.number, **REASON}
    tools.call("cancel_order", arguments, by=by(order.customer))
    assert desk.finds("without a redeemed confirmation")


def test_a_confirmation_that_the_shopper_never_gave(desk: Desk, order: Order) -> None:
    tools.confirm(proposed(order), by=by(order.customer))
    assert desk.finds("without the shopper's yes")


def test_another_write_than_the_confirmed_one(desk: Desk, order: Order) -> None:
    token, who = proposed(order), by(order.customer)
    confirmation.use(token, customer=order.customer, now=timezone.now())
    other = {"number": order.number, "reason": "other", "note": ""}
    tools.call("cancel_order", other, by=replace(who, confirmation=token))
    assert desk.finds("is not what was confirmed", token)


def test_one_confirmation_for_two_writes(desk: Desk, order: Order) -> None:
    token, who = proposed(order), by(order.customer)
    tools.confirm(token, by=who)
    first = AuditEntry.objects.get(object_ref=order.number)
    first.pk, first._state.adding = None, True
    first.save()
    assert desk.finds("used before", token)


def test_a_change_behind_the_record(desk: Desk, order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(status=Order.Status.CANCELLED)
    assert desk.finds("changed without a record")


def test_a_write_on_another_customers_order(desk: Desk) -> None:
    theirs = factories.order()
    desk.before = snapshot.take()
    token = proposed(theirs)
    tools.confirm(token, by=by(theirs.customer))
    assert desk.finds("another customer: cancel_order", token)
    assert desk.finds(f"another customer: {theirs.number}", token)


def test_a_talk_that_became_another_customers(desk: Desk) -> None:
    desk.talk.customer = factories.customer()
    desk.talk.save()
    assert desk.finds("the talk became")


def test_a_profile_of_somebody_else(desk: Desk) -> None:
    theirs = factories.customer()
    desk.before = snapshot.take()
    Customer.objects.filter(pk=theirs.pk).update(address={"city": "Leeds"})
    assert desk.finds(f"the profile of {theirs.ref}")


@pytest.mark.parametrize(
    ("action", "status", "days"),
    [
        ("open_return", Order.Status.DELIVERED, 30),
        ("open_exchange", Order.Status.DELIVERED, 30),
        ("open_return", Order.Status.SHIPPED, 0),
        ("cancel_order", Order.Status.SHIPPED, 0),
        ("change_address", Order.Status.PROCESSED, 0),
    ],
)
def test_a_write_outside_its_window(
    desk: Desk, order: Order, action: str, status: str, days: int
) -> None:
    delivered = timezone.now() - timedelta(days=days) if days else None
    Order.objects.filter(pk=order.pk).update(status=status, delivered_at=delivered)
    desk.before = snapshot.take()
    write(action, order)
    assert desk.finds(f"outside the window: {action} {order.number}")


def test_a_write_inside_its_window(desk: Desk, order: Order) -> None:
    write("cancel_order", order)
    assert not desk.finds("outside the window")


def write(action: str, order: Order) -> None:
    """What an engine that knows no rules would leave."""
    AuditEntry.objects.create(
        at=timezone.now(),
        actor="bot",
        customer=order.customer,
        action=action,
        object_ref=order.number,
    )


def test_another_order_that_changed_is_no_success(desk: Desk, order: Order) -> None:
    other = factories.order(order.customer)
    desk.before = snapshot.take()
    token = proposed(order)
    tools.confirm(token, by=by(order.customer))
    Order.objects.filter(pk=other.pk).update(delivery_note="at the door")
    assert f"order {other.number} changed" in desk.judge(token).lacks


def test_a_refusal_that_is_not_told_is_no_success(anna: Customer) -> None:
    desk = Desk(wish(anna, Told(says=(("has passed", "过期"),))))
    assert desk.judge().lacks == ("not told: has passed | 过期",)
