"""Cancelling: what is said is taken along, exactly one yes does it, a no keeps it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from orders import confirmation
from orders.models import (
    AuditEntry,
    Case,
    Confirmation,
    Customer,
    Order,
    Payment,
    PolicyTerms,
)
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


def test_the_only_order_is_taken_without_asking(talk: TalkTo, order: Order) -> None:
    asked = talk.say("cancel my order", "order_cancel")
    assert order.number in asked
    assert "¥99.00" in asked
    assert status(order) == Status.PENDING


def test_what_is_said_at_once_is_not_asked(talk: TalkTo, order: Order) -> None:
    factories.order(order.customer)
    asked = talk.say(
        f"cancel {order.number}, too slow",
        "order_cancel",
        order_id=order.number,
        reason="too slow",
    )
    assert order.number in asked
    talk.say("yes", "affirm")
    order.refresh_from_db()
    assert order.cancel_reason == "too_slow"


@pytest.mark.parametrize("answer", ["yes", "press"])
def test_a_yes_cancels_once(talk: TalkTo, order: Order, answer: str) -> None:
    talk.say("cancel my order", "order_cancel")
    done = talk.press("yes:") if answer == "press" else talk.say("yes", "affirm")
    assert order.number in done
    assert "¥99.00" in done
    assert status(order) == Status.CANCELLED
    assert talk.tasks == []


def test_the_yes_is_in_the_record(talk: TalkTo, order: Order) -> None:
    talk.say("cancel my order", "order_cancel")
    token = talk.state["tasks"][0]["token"]
    talk.say("yes", "affirm")
    assert AuditEntry.objects.get().confirmation == token
    assert Confirmation.objects.get().used_at is not None


@pytest.mark.parametrize("answer", ["no", "press"])
def test_a_no_keeps_the_order(talk: TalkTo, order: Order, answer: str) -> None:
    talk.say("cancel my order", "order_cancel")
    kept = talk.press("no:") if answer == "press" else talk.say("no", "deny")
    assert "stays as it is" in kept
    assert status(order) == Status.PENDING
    assert talk.tasks == []


def test_the_same_in_chinese(anna: Customer, order: Order) -> None:
    talk = TalkTo(anna, "zh")
    assert order.number in talk.say("取消订单", "order_cancel")
    assert [button.label for button in talk.buttons] == ["好的，确认", "不用了"]
    assert "已取消" in talk.say("好的", "affirm")
    assert status(order) == Status.CANCELLED


def test_a_second_press_of_yes_finds_it_used(talk: TalkTo, order: Order) -> None:
    talk.say("cancel my order", "order_cancel")
    yes = talk.values[0]
    talk.press_value(yes)
    assert "earlier question" in talk.press_value(yes)
    assert Payment.objects.filter(kind=Payment.Kind.REFUND).count() == 1


def test_a_yes_that_comes_too_late_is_asked_for_again(
    talk: TalkTo, order: Order
) -> None:
    talk.say("cancel my order", "order_cancel")
    talk.at = timezone.now() + confirmation.LIFETIME + timedelta(seconds=1)
    again = talk.say("yes", "affirm")
    assert "expired" in again
    assert order.number in again
    assert status(order) == Status.PENDING
    talk.say("yes", "affirm")
    assert status(order) == Status.CANCELLED


def test_a_yes_with_a_reason_is_a_yes(talk: TalkTo, order: Order) -> None:
    talk.say("cancel my order", "order_cancel")
    talk.say("yes, I found it cheaper", "affirm", reason="found it cheaper")
    assert status(order) == Status.CANCELLED


def test_a_yes_to_another_order_than_was_named_does_nothing_yet(
    talk: TalkTo, order: Order
) -> None:
    other = factories.order(order.customer)
    talk.say("cancel it", "order_cancel", order_id=order.number)
    again = talk.say(f"yes, {other.number}", "affirm", order_id=other.number)
    assert other.number in again
    assert (status(order), status(other)) == (Status.PENDING, Status.PENDING)
    talk.say("yes", "affirm")
    assert (status(order), status(other)) == (Status.PENDING, Status.CANCELLED)


def test_a_no_in_many_words_is_a_no(talk: TalkTo, order: Order) -> None:
    talk.say("cancel my order", "order_cancel")
    kept = talk.say("no, do not cancel it", "deny", "order_cancel")
    assert "stays as it is" in kept
    assert talk.tasks == []


def test_a_correction_to_what_cannot_be_keeps_the_old_value(
    talk: TalkTo, order: Order
) -> None:
    talk.say("cancel it", "order_cancel", order_id=order.number)
    again = talk.say("no, SO1", "order_cancel", order_id="SO1")
    assert "cannot find order SO1" in again
    assert order.number in again


class TestChoosing:
    """One of several orders."""

    @pytest.fixture
    def talk(self, anna: Customer, order: Order) -> TalkTo:
        self.newer = factories.order(anna, placed_at=timezone.now())
        talk = TalkTo(anna)
        talk.say("cancel my order", "order_cancel")
        return talk

    def test_each_is_offered_and_a_way_out(self, talk: TalkTo, order: Order) -> None:
        assert talk.values == [self.newer.number, order.number, "cancel"]

    @pytest.mark.parametrize("said", ["2", "the second one", "第二个", "the last one"])
    def test_by_its_place(self, talk: TalkTo, order: Order, said: str) -> None:
        assert order.number in talk.say(said, "order_cancel")
        assert talk.state["tasks"][0]["asked"] == "confirm"

    def test_by_its_number(self, talk: TalkTo, order: Order) -> None:
        assert order.number in talk.say(order.number.lower(), "order_cancel")

    def test_by_its_label(self, talk: TalkTo, order: Order) -> None:
        assert order.number in talk.say(talk.buttons[1].label, "order_cancel")

    def test_by_its_button(self, talk: TalkTo, order: Order) -> None:
        assert order.number in talk.press(order.number)

    def test_the_way_out_leaves_the_task(self, talk: TalkTo, order: Order) -> None:
        assert "leave that" in talk.press("cancel")
        assert talk.tasks == []

    def test_what_is_no_answer_is_asked_again(self, talk: TalkTo) -> None:
        assert "choose one of these" in talk.say("hm", "order_cancel")


REFUSED = {
    Status.PROCESSED: ("packed already", ["human"]),
    Status.SHIPPED: ("shipped already", ["return_order", "order_status", "human"]),
    Status.DELIVERED: ("delivered already", ["return_order", "human"]),
    Status.CANCELLED: ("cancelled already", []),
}


@pytest.mark.parametrize("refused", REFUSED)
def test_a_refusal_says_why_and_what_instead(refused: Status) -> None:
    order = factories.order(status=refused)
    words, steps = REFUSED[refused]
    talk = TalkTo(order.customer)
    assert words in talk.say("cancel it", "order_cancel", order_id=order.number)
    assert talk.values == steps
    assert status(order) == refused
    assert not Confirmation.objects.exists()


def test_what_was_packed_before_the_yes_is_not_cancelled(
    talk: TalkTo, order: Order
) -> None:
    talk.say("cancel my order", "order_cancel")
    Order.objects.update(status=Status.PROCESSED)
    assert "packed already" in talk.say("yes", "affirm")
    assert not AuditEntry.objects.exists()


def test_an_unpaid_order_promises_no_money(anna: Customer) -> None:
    order = factories.order(anna, paid=False)
    talk = TalkTo(anna)
    assert "Nothing has been paid" in talk.say("cancel it", "order_cancel")
    assert "Nothing had been paid" in talk.say("yes", "affirm")
    assert status(order) == Status.CANCELLED


def test_what_is_told_is_what_goes_back(anna: Customer) -> None:
    order = factories.order(anna, lines=2)
    Payment.objects.create(
        order=order,
        kind=Payment.Kind.REFUND,
        method=Payment.objects.get().method,
        amount=Decimal("0.01"),
        at=timezone.now(),
    )
    talk = TalkTo(anna)
    assert "¥197.99" in talk.say("cancel it", "order_cancel")
    talk.say("yes", "affirm")
    assert Payment.objects.filter(amount=Decimal("197.99")).count() == 1


def test_who_has_no_order_is_told_so() -> None:
    talk = TalkTo(factories.customer())
    assert "do not see any orders" in talk.say("cancel it", "order_cancel")
    assert talk.tasks == []


@pytest.mark.parametrize(("language", "yes"), [("en", "yes please"), ("zh", "好的")])
def test_over_the_limit_a_case_waits(
    anna: Customer, order: Order, language: str, yes: str
) -> None:
    PolicyTerms.objects.create(
        valid_from=factories.ago(days=1), cancel_approval_limit=Decimal("50.00")
    )
    talk = TalkTo(anna, language)
    talk.say("cancel it", "order_cancel")
    told = talk.say(yes, "affirm")
    assert Case.objects.get().ref in told
    assert status(order) == Status.PENDING


def test_the_stored_parameters_are_what_is_carried_out(
    talk: TalkTo, order: Order
) -> None:
    talk.say("too slow", "order_cancel", reason="too slow")
    assert Confirmation.objects.get().parameters == {
        "number": order.number,
        "reason": "too_slow",
        "note": "too slow",
    }


def test_a_changed_parameter_makes_a_yes_void(talk: TalkTo, order: Order) -> None:
    talk.say("cancel it", "order_cancel")
    old = talk.values[0]
    talk.say("it is too slow", "order_cancel", reason="it is too slow")
    assert "earlier question" in talk.press_value(old)
    assert status(order) == Status.PENDING


def test_where_the_money_goes_is_said_before_the_yes(talk: TalkTo) -> None:
    assert "¥99.00 would go back to your credit card" in talk.say(
        "cancel my order", "order_cancel"
    )
