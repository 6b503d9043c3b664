"""Another way to pay, among the shopper's own."""

from decimal import Decimal

import pytest

from orders.models import Order, Payment, PaymentMethod
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db

Kind = PaymentMethod.Kind


@pytest.fixture
def order() -> Order:
    order = factories.order()
    factories.method(order.customer, ref="pp", kind=Kind.PAYPAL)
    return order


def refunded() -> list[str]:
    refunds = Payment.objects.filter(kind=Payment.Kind.REFUND)
    return [payment.method.kind for payment in refunds if payment.method]


@pytest.mark.parametrize(("language", "yes"), [("en", "yes"), ("zh", "好的")])
def test_a_yes_charges_the_other_method(order: Order, language: str, yes: str) -> None:
    talk = TalkTo(order.customer, language)
    asked = talk.say(
        "PayPal", "order_change", change="payment", payment_method="paypal"
    )
    assert "PayPal" in asked
    assert "¥99.00" in asked
    assert refunded() == []
    assert "PayPal" in talk.say(yes, "affirm")
    assert refunded() == [Kind.CREDIT_CARD]


def test_the_only_other_one_is_proposed(order: Order) -> None:
    talk = TalkTo(order.customer)
    assert "PayPal" in talk.say("another one", "order_change", change="payment")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_of_several_one_is_chosen(order: Order, language: str) -> None:
    factories.method(order.customer, ref="ali", kind=Kind.ALIPAY, label="138****1001")
    talk = TalkTo(order.customer, language)
    talk.say("another one", "order_change", change="payment")
    assert talk.values == ["method pp", "method ali", "human", "cancel"]
    assert "138****1001" in talk.press("method ali")


def test_a_poor_gift_card_is_refused_and_another_asked_for(order: Order) -> None:
    factories.method(order.customer, kind=Kind.GIFT_CARD, balance=Decimal("1.00"))
    talk = TalkTo(order.customer)
    told = talk.say(
        "gift card", "order_change", change="payment", payment_method="gift_card"
    )
    assert "balance" in told
    assert "method pp" in talk.values
    assert "PayPal" in talk.press("method pp")
    assert refunded() == []


def test_who_has_no_other_is_told_so() -> None:
    talk = TalkTo(factories.order().customer)
    assert "no other" in talk.say("another one", "order_change", change="payment")
    assert talk.values == ["human", "cancel"]


def test_another_than_the_named_one_is_not_proposed(order: Order) -> None:
    talk = TalkTo(order.customer)
    told = talk.say(
        "gift card", "order_change", change="payment", payment_method="gift_card"
    )
    assert "no gift card" in told
    assert talk.values == ["method pp", "human", "cancel"]
