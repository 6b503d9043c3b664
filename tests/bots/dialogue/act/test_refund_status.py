"""Where a refund stands: cases, then money that went back, or neither."""

from decimal import Decimal

import pytest
from django.utils import timezone

from orders import changes
from orders.models import Case, Order, Payment
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


def ask(order: Order, language: str = "en") -> str:
    talk = TalkTo(order.customer, language)
    return talk.say("where is my refund?", "refund_status", order_id=order.number)


def test_money_that_went_back_is_told_to_the_cent() -> None:
    order = factories.order()
    changes.cancel(order.number, customer=order.customer, reason="", now=timezone.now())
    told = ask(order)
    assert "¥99.00" in told
    assert order.number in told


def test_two_refunds_are_told_as_one_sum() -> None:
    order = factories.order()
    for amount in ("10.01", "20.02"):
        Payment.objects.create(
            order=order,
            kind=Payment.Kind.REFUND,
            amount=Decimal(amount),
            at=timezone.now(),
        )
    assert "¥30.03" in ask(order)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Your return RX"), ("zh", "已批准")]
)
def test_a_case_is_told_with_its_status(language: str, words: str) -> None:
    order = factories.delivered_order()
    Case.objects.create(
        ref="RX",
        kind=Case.Kind.RETURN,
        order=order,
        status=Case.Status.APPROVED,
        opened_at=timezone.now(),
    )
    assert words in ask(order, language)


def test_where_there_is_none_it_is_said_and_a_person_offered() -> None:
    order = factories.order()
    talk = TalkTo(order.customer)
    told = talk.say("refund?", "refund_status", order_id=order.number)
    assert "no refund" in told
    assert talk.values == ["human"]
