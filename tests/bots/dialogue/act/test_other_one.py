"""No, the other one: what was proposed is left, and another order taken."""

import pytest

from orders.models import Customer, Order
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db

Status = Order.Status


@pytest.fixture
def anna() -> Customer:
    return factories.customer()


@pytest.fixture
def order(anna: Customer) -> Order:
    return factories.order(anna)


@pytest.fixture
def talk(anna: Customer, order: Order) -> TalkTo:
    return TalkTo(anna)


def status(order: Order) -> str:
    order.refresh_from_db()
    return order.status


@pytest.mark.parametrize("said", ["no, the other one", "不，取消另一个"])
def test_the_other_one_is_proposed_where_there_is_one(
    talk: TalkTo, order: Order, said: str
) -> None:
    other = factories.order(order.customer)
    talk.say("cancel it", "order_cancel", order_id=order.number)
    assert other.number in talk.say(said, "deny", "order_cancel")
    talk.say("yes", "affirm")
    assert (status(order), status(other)) == (Status.PENDING, Status.CANCELLED)


def test_of_several_others_one_is_asked_for(talk: TalkTo, order: Order) -> None:
    others = {factories.order(order.customer).number for _ in range(2)}
    talk.say("cancel it", "order_cancel", order_id=order.number)
    talk.say("no, the other one", "deny", "order_cancel")
    assert set(talk.values) == {*others, "cancel"}


def test_where_there_is_no_other_nothing_is_done(talk: TalkTo, order: Order) -> None:
    talk.say("cancel it", "order_cancel", order_id=order.number)
    told = talk.say("no, the other one", "deny", "order_cancel")
    assert "no other order" in told
    assert talk.tasks == []
    assert status(order) == Status.PENDING


def test_another_number_at_the_confirmation_corrects_it(
    talk: TalkTo, order: Order
) -> None:
    other = factories.order(order.customer)
    talk.say("cancel it", "order_cancel", order_id=order.number)
    asked = talk.say(
        f"no, {other.number}", "deny", "order_cancel", order_id=other.number
    )
    assert other.number in asked
    talk.say("yes", "affirm")
    assert (status(order), status(other)) == (Status.PENDING, Status.CANCELLED)


def test_a_number_that_is_not_theirs_is_not_found(talk: TalkTo, order: Order) -> None:
    theirs = factories.order()
    talk.say("cancel it", "order_cancel", order_id=order.number)
    told = talk.say(
        f"wrong number, it is {theirs.number}", "order_change", order_id=theirs.number
    )
    assert f"cannot find order {theirs.number}" in told
    assert status(theirs) == status(order) == Status.PENDING


def test_nothing_goes_without_saying_once_it_was_asked_for(
    talk: TalkTo, order: Order
) -> None:
    theirs = factories.order()
    talk.say("cancel it", "order_cancel", order_id=theirs.number)
    assert "yes:" not in "".join(talk.values)
    talk.say("please do", "order_cancel")
    assert "yes:" not in "".join(talk.values)
