"""Where a refund stands: cases, then money that went back, or neither."""

from decimal import Decimal

import pytest
from django.utils import timezone

from orders import changes
from orders.acting import By
from orders.models import Case, Connector, Order, Payment, PaymentMethod
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


def ask(order: Order, language: str = "en") -> str:
    talk = TalkTo(order.customer, language)
    return talk.say("where is my refund?", "refund_status", order_id=order.number)


def test_money_that_went_back_is_told_to_the_cent() -> None:
    order = factories.order()
    by = By(at=timezone.now(), customer=order.customer)
    changes.cancel(order.number, reason="other", by=by)
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


def book(order: Order, state: Payment.State, **of_method: object) -> None:
    method = factories.method(order.customer, **of_method)
    Payment.objects.create(
        order=order,
        kind=Payment.Kind.REFUND,
        state=state,
        method=method,
        amount=Decimal("99.00"),
        at=timezone.now(),
    )


WORDS = [
    (Payment.State.DUE, "en", "under way to your credit card (visa 4821)"),
    (Payment.State.DUE, "zh", "正在退往您的信用卡"),
    (Payment.State.SETTLED, "en", "has been paid to your credit card (visa 4821)"),
    (Payment.State.SETTLED, "zh", "已退到您的信用卡"),
    (Payment.State.FAILED, "en", "did not work"),
    (Payment.State.FAILED, "zh", "没能退到您的信用卡"),
]


@pytest.mark.parametrize(("state", "language", "words"), WORDS)
def test_money_is_where_it_is(state: Payment.State, language: str, words: str) -> None:
    order = factories.order(status=Order.Status.CANCELLED)
    book(order, state, label="visa 4821")
    assert words in ask(order, language)


def test_a_gift_card_is_paid_at_once_and_without_a_date() -> None:
    order = factories.order(status=Order.Status.CANCELLED)
    book(order, Payment.State.SETTLED, kind=PaymentMethod.Kind.GIFT_CARD)
    assert ask(order).endswith("has been paid to your gift card.")


def test_where_it_did_not_work_a_person_is_offered() -> None:
    order = factories.order(status=Order.Status.CANCELLED)
    book(order, Payment.State.FAILED)
    talk = TalkTo(order.customer)
    talk.say("refund?", "refund_status", order_id=order.number)
    assert talk.values == ["human"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "cannot be reached"), ("zh", "连不上支付服务")]
)
def test_an_outage_is_said_beside_what_waits_for_it(language: str, words: str) -> None:
    Connector.objects.create(
        port=Connector.Port.PAYMENT,
        kind=Connector.Kind.HTTP,
        url="https://pay.example",
        failures=99,
    )
    order = factories.order(status=Order.Status.CANCELLED)
    book(order, Payment.State.DUE)
    assert words in ask(order, language)
    Payment.objects.update(state=Payment.State.SETTLED)
    assert words not in ask(order, language)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"status": "requested"}, "One of my colleagues decides"),
        ({"status": "requested", "ground": "damaged"}, "waits for a photo"),
        ({"status": "rejected", "decision": "It was worn."}, "declined: It was worn."),
        ({"status": "rejected"}, "is closed"),
        ({"status": "completed"}, "is completed"),
    ],
)
def test_each_state_of_a_case_has_its_words(values: dict[str, str], words: str) -> None:
    order = factories.delivered_order()
    Case.objects.create(
        ref="RX",
        kind=Case.Kind.RETURN,
        order=order,
        opened_at=timezone.now(),
        **values,
    )
    assert words in ask(order)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_cancelled_orders_refund_is_told_with_its_status(language: str) -> None:
    order = factories.order(status=Order.Status.CANCELLED)
    book(order, Payment.State.DUE)
    talk = TalkTo(order.customer, language)
    told = talk.say("where is it?", "order_status", order_id=order.number)
    assert "¥99.00" in told
