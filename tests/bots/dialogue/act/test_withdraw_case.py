"""A return, an exchange, a repair or a refund is taken back."""

import pytest

from orders import aftersales
from orders.acting import By
from orders.models import Case, Order
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return factories.delivered_order()


@pytest.fixture
def case(order: Order) -> Case:
    sku = order.lines.get().variant.sku
    by = By(at=factories.ago(days=0), customer=order.customer)
    return aftersales.open_return(order.number, items={sku: 1}, by=by)


@pytest.mark.parametrize(
    ("language", "text", "yes"),
    [("en", "cancel my return", "yes"), ("zh", "取消退货申请", "好的")],
)
def test_a_yes_closes_it(
    order: Order, case: Case, language: str, text: str, yes: str
) -> None:
    talk = TalkTo(order.customer, language)
    assert case.ref in talk.say(text, "refund_status")
    assert Case.objects.get().is_open
    assert case.ref in talk.say(yes, "affirm")
    assert Case.objects.get().status == Case.Status.REJECTED


def test_where_none_is_open_it_is_said(order: Order) -> None:
    talk = TalkTo(order.customer)
    told = talk.say("cancel my return", "refund_status")
    assert "no return, exchange, repair or refund" in told
    assert talk.values == ["human"]


def test_of_two_orders_the_one_with_a_case_is_meant(order: Order, case: Case) -> None:
    factories.delivered_order(order.customer)
    talk = TalkTo(order.customer)
    assert case.ref in talk.say("cancel my return", "refund_status")


def test_what_has_come_back_stays_open(order: Order, case: Case) -> None:
    Case.objects.update(status=Case.Status.RECEIVED)
    talk = TalkTo(order.customer)
    assert "received" in talk.say("cancel my return", "refund_status")
    assert Case.objects.get().status == Case.Status.RECEIVED


def test_what_is_only_being_asked_for_is_left(order: Order) -> None:
    talk = TalkTo(order.customer)
    talk.say("I want to return it", "return_request")
    assert "not opened a return" in talk.say("我不退了", "return_request")
    assert talk.tasks == []
    assert not Case.objects.exists()
