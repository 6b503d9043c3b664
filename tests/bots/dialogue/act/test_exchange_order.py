"""Other variants, or new ones of the same, for what has arrived."""

import pytest

from orders.models import Case, Order, Variant
from tests import factories
from tests.bots.dialogue.act.shoes import shoe
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return factories.delivered_order()


@pytest.fixture
def shoes(order: Order) -> dict[str, Variant]:
    return shoe(order)


@pytest.mark.parametrize(
    ("language", "text", "yes"),
    [("en", "exchange it for size 42", "yes"), ("zh", "我想换成42码", "好的")],
)
def test_a_yes_opens_the_exchange(
    order: Order, shoes: dict[str, Variant], language: str, text: str, yes: str
) -> None:
    talk = TalkTo(order.customer, language)
    asked = talk.say(text, "exchange_request")
    assert "¥10.00" in asked
    assert not Case.objects.exists()
    done = talk.say(yes, "affirm")
    case = Case.objects.get()
    assert case.ref in done
    assert case.replacement_skus == [shoes["42-black"].sku]


def test_what_is_faulty_becomes_a_new_one(
    order: Order, shoes: dict[str, Variant]
) -> None:
    talk = TalkTo(order.customer)
    asked = talk.say("it broke", "exchange_request", reason="it broke")
    assert "price stays the same" in asked
    talk.say("yes", "affirm")
    case = Case.objects.get()
    assert case.replacement_skus == [shoes["41-black"].sku]
    assert case.ground == Case.Ground.DEFECTIVE


@pytest.mark.parametrize(("language", "text"), [("en", "42"), ("zh", "42码")])
def test_a_variant_is_said_in_answer(
    order: Order, shoes: dict[str, Variant], language: str, text: str
) -> None:
    talk = TalkTo(order.customer, language)
    talk.say("exchange", "exchange_request")
    assert "42" in talk.say(text, "exchange_request")
    assert talk.state["tasks"][0]["asked"] == "confirm"


def test_an_order_on_its_way_is_refused(shoes: dict[str, Variant]) -> None:
    Order.objects.update(status=Order.Status.SHIPPED)
    talk = TalkTo(Order.objects.get().customer)
    assert "not been delivered" in talk.say("exchange it", "exchange_request")
    assert not Case.objects.exists()


def test_one_that_is_not_packed_is_changed(shoes: dict[str, Variant]) -> None:
    Order.objects.update(status=Order.Status.PENDING)
    talk = TalkTo(Order.objects.get().customer)
    told = talk.say("exchange it for size 42", "exchange_request")
    assert "change order" in told
    assert talk.tasks == ["change_items"]
