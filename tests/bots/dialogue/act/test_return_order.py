"""Returns: which items, what comes back, and why not."""

import pytest

from orders import aftersales
from orders.acting import By
from orders.models import Case, CaseLine, Customer, Order, PaymentMethod, PolicyTerms
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Customer:
    return factories.customer()


@pytest.fixture
def order(anna: Customer) -> Order:
    """Of two pieces: a kettle and a lamp."""
    order = factories.delivered_order(anna, lines=2)
    for line, (en, zh) in zip(
        order.lines.all(),
        [("Travel kettle", "电水壶"), ("Desk lamp", "台灯")],
        strict=True,
    ):
        line.product.name = {"en": en, "zh": zh}
        line.product.save()
    return order


@pytest.fixture
def talk(anna: Customer, order: Order) -> TalkTo:
    return TalkTo(anna)


def skus(order: Order) -> list[str]:
    return [line.variant.sku for line in order.lines.select_related("variant")]


def returned() -> list[str]:
    lines = CaseLine.objects.order_by("line_id")
    return list(lines.values_list("line__variant__sku", flat=True))


def test_a_yes_opens_the_case_and_tells_its_number(talk: TalkTo, order: Order) -> None:
    talk.say("return the kettle", "return_request", product="kettle")
    done = talk.say("yes", "affirm")
    case = Case.objects.get()
    assert case.ref in done
    assert "¥99.00" in done
    assert talk.tasks == []


def test_nothing_is_opened_before_the_yes(talk: TalkTo, order: Order) -> None:
    asked = talk.say("return the kettle", "return_request", product="kettle")
    assert order.number in asked
    assert "Travel kettle" in asked
    assert not Case.objects.exists()


def test_a_no_opens_nothing(talk: TalkTo) -> None:
    talk.say("return the kettle", "return_request", product="kettle")
    assert "not opened a return" in talk.say("no", "deny")
    assert not Case.objects.exists()


def test_the_reason_is_kept(talk: TalkTo) -> None:
    talk.say("it leaks", "return_request", product="kettle", reason="it leaks")
    talk.say("yes", "affirm")
    assert Case.objects.get().reason == "it leaks"


def test_the_only_item_is_not_asked_for(anna: Customer) -> None:
    factories.delivered_order(anna)
    asked = TalkTo(anna).say("I want to return it", "return_request")
    assert "Kettle" in asked
    assert "¥99.00" in asked


def test_of_several_items_one_is_asked_for(talk: TalkTo, order: Order) -> None:
    talk.say("I want to return something", "return_request")
    assert talk.values == [*skus(order), "everything", "cancel"]


@pytest.mark.parametrize("said", ["the second one", "Desk lamp", "the lamp", "台灯"])
def test_an_item_is_picked_by_place_or_name(
    talk: TalkTo, order: Order, said: str
) -> None:
    talk.say("I want to return something", "return_request")
    talk.say(said, "return_request")
    talk.say("yes", "affirm")
    assert returned() == skus(order)[1:]


def test_an_item_is_picked_by_its_button(talk: TalkTo, order: Order) -> None:
    talk.say("I want to return something", "return_request")
    talk.press("Travel kettle")
    talk.say("yes", "affirm")
    assert returned() == skus(order)[:1]


@pytest.mark.parametrize("said", ["all", "All items", "全部", "everything"])
def test_all_of_it_can_go_back(talk: TalkTo, order: Order, said: str) -> None:
    talk.say("I want to return something", "return_request")
    assert "¥198.00" in talk.say(said, "return_request")
    talk.say("yes", "affirm")
    assert returned() == skus(order)


@pytest.mark.parametrize("said", ["a", "no", "hm"])
def test_a_word_that_names_nothing_picks_nothing(talk: TalkTo, said: str) -> None:
    talk.say("I want to return something", "return_request")
    talk.say(said, "return_request")
    assert talk.state["tasks"][0]["asked"] == "items"


def test_another_order_has_other_items(talk: TalkTo, anna: Customer) -> None:
    other = factories.delivered_order(anna)
    talk.say("return the kettle", "return_request", product="kettle")
    talk.say(f"no, {other.number}", "return_request", order_id=other.number)
    talk.say("yes", "affirm")
    assert returned() == skus(other)


def test_an_item_that_got_into_a_case_meanwhile_is_refused(
    talk: TalkTo, order: Order, anna: Customer
) -> None:
    talk.say("return the kettle", "return_request", product="kettle")
    aftersales.open_return(
        order.number,
        items={skus(order)[0]: 1},
        reason="by a colleague",
        by=By(at=factories.ago(seconds=0), customer=anna),
    )
    assert "after-sales case" in talk.say("yes", "affirm")
    assert Case.objects.count() == 1


def test_of_two_lines_of_one_piece_only_the_free_one_is_proposed(
    talk: TalkTo, order: Order, anna: Customer
) -> None:
    first, second = order.lines.all()
    second.variant = first.variant
    second.save()
    case = aftersales.open_return(
        order.number,
        items={first.variant.sku: 1},
        by=By(at=factories.ago(seconds=0), customer=anna),
    )
    case.lines.filter(line=second).delete()
    Case.objects.update(refund_amount=first.amount)
    asked = talk.say("return the rest", "return_request", order_id=order.number)
    assert "¥99.00" in asked


def test_after_the_window_the_last_day_is_told(anna: Customer) -> None:
    order = factories.delivered_order(anna, days_ago=30)
    talk = TalkTo(anna)
    refused = talk.say("return it", "return_request", order_id=order.number)
    assert "7 days after delivery" in refused
    assert talk.values == ["repair_order", "human"]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("pending", "not been delivered yet"),
        ("processed", "not been delivered yet"),
        ("shipped", "not been delivered yet"),
        ("cancelled", "is cancelled"),
    ],
)
def test_what_did_not_arrive_is_refused(status: str, words: str) -> None:
    order = factories.order(status=status)
    talk = TalkTo(order.customer)
    assert words in talk.say("return it", "return_request", order_id=order.number)
    assert not Case.objects.exists()


def test_what_is_in_a_case_already_is_refused(anna: Customer) -> None:
    order = factories.delivered_order(anna)
    talk = TalkTo(anna)
    talk.say("return it", "return_request", order_id=order.number)
    talk.say("yes", "affirm")
    again = talk.say("return it", "return_request", order_id=order.number)
    assert "after-sales case" in again
    assert Case.objects.count() == 1


def test_the_same_in_chinese(anna: Customer, order: Order) -> None:
    talk = TalkTo(anna, "zh")
    talk.say("我要退货", "return_request")
    assert "电水壶" in talk.say("第一个", "return_request")
    assert Case.objects.count() == 0
    assert "编号" in talk.say("好的", "affirm")
    assert returned() == skus(order)[:1]


@pytest.mark.parametrize(
    ("reason", "ground", "fee"),
    [
        ("too small", Case.Ground.CHANGED_MIND, True),
        ("it is broken", Case.Ground.DEFECTIVE, False),
        ("收到就碎了", Case.Ground.DAMAGED, False),
    ],
)
def test_the_way_back_costs_who_is_to_blame(
    anna: Customer, reason: str, ground: Case.Ground, fee: bool
) -> None:
    PolicyTerms.objects.create(
        valid_from=factories.ago(days=30), return_shipping_fee="9.00"
    )
    factories.delivered_order(anna)
    talk = TalkTo(anna)
    asked = talk.say("return it", "return_request", reason=reason)
    assert ("¥90.00" in asked and "¥9.00" in asked) == fee
    assert "your credit card" in asked
    talk.say("yes", "affirm")
    assert Case.objects.get().ground == ground


def test_what_is_not_packed_yet_can_be_cancelled_instead() -> None:
    order = factories.order()
    talk = TalkTo(order.customer)
    talk.say("return it", "return_request", order_id=order.number)
    assert "cancel_order" in talk.values


def test_no_money_goes_to_cash_on_delivery() -> None:
    order = factories.delivered_order()
    cash = PaymentMethod.Kind.CASH_ON_DELIVERY
    PaymentMethod.objects.update(kind=cash)
    asked = TalkTo(order.customer).say("return it", "return_request")
    assert "¥99.00" in asked
    assert "cash" not in asked
