"""Other variants of what was ordered, before it is packed."""

from decimal import Decimal

import pytest

from orders.models import Confirmation, Order, Payment, Variant
from tests import factories
from tests.bots.dialogue.act.shoes import shoe
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return factories.order()


@pytest.fixture
def shoes(order: Order) -> dict[str, Variant]:
    return shoe(order)


def now(order: Order) -> str:
    return order.lines.get().variant.sku


@pytest.mark.parametrize(
    ("language", "text", "yes"),
    [
        ("en", "can I have size 42 instead of 41", "yes"),
        ("zh", "41码换成42码", "好的"),
    ],
)
def test_a_yes_changes_it_and_charges_the_difference(
    order: Order, shoes: dict[str, Variant], language: str, text: str, yes: str
) -> None:
    talk = TalkTo(order.customer, language)
    asked = talk.say(text, "order_change", change="items")
    assert order.number in asked
    assert "42" in asked
    assert "¥10.00" in asked
    assert now(order) == shoes["41-black"].sku
    talk.say(yes, "affirm")
    assert now(order) == shoes["42-black"].sku
    assert Payment.objects.filter(amount=Decimal("10.00")).count() == 1


@pytest.mark.parametrize(
    ("language", "text"), [("en", "make it white"), ("zh", "换成白色的")]
)
def test_what_is_not_said_stays(
    order: Order, shoes: dict[str, Variant], language: str, text: str
) -> None:
    talk = TalkTo(order.customer, language)
    assert "¥10.00" in talk.say(text, "order_change", change="items")
    talk.say("yes", "affirm")
    assert now(order) == shoes["41-white"].sku


def test_variants_are_offered_where_none_is_said(
    order: Order, shoes: dict[str, Variant]
) -> None:
    talk = TalkTo(order.customer)
    talk.say("change my item", "order_change", change="items")
    others = {one.sku for name, one in shoes.items() if name != "41-black"}
    assert set(talk.values) == {*others, "cancel"}
    assert "42 / white" in talk.press(shoes["42-white"].sku)
    talk.say("yes", "affirm")
    assert now(order) == shoes["42-white"].sku


def test_what_is_sold_out_is_said_and_others_are_offered(
    order: Order, shoes: dict[str, Variant]
) -> None:
    Variant.objects.filter(pk=shoes["42-black"].pk).update(stock=0)
    talk = TalkTo(order.customer)
    told = talk.say("size 42 please", "order_change", change="items")
    assert "sold out" in told
    assert shoes["42-white"].sku in talk.values
    assert now(order) == shoes["41-black"].sku


def test_of_several_items_one_is_asked_for() -> None:
    order = factories.order(lines=2)
    talk = TalkTo(order.customer)
    told = talk.say("change an item", "order_change", change="items")
    assert "Which item" in told


def test_what_has_no_other_variant_is_said() -> None:
    order = factories.order()
    talk = TalkTo(order.customer)
    told = talk.say("change my item", "order_change", change="items")
    assert "no other variant" in told
    assert "human" in talk.values


def test_a_changed_order_is_closed(order: Order, shoes: dict[str, Variant]) -> None:
    talk = TalkTo(order.customer)
    talk.say("make it white", "order_change", change="items")
    talk.say("yes", "affirm")
    told = talk.say("make it black", "order_change", change="items")
    assert "cannot be changed again" in told


def test_an_order_that_has_arrived_is_exchanged(shoes: dict[str, Variant]) -> None:
    order = Order.objects.get()
    order.status, order.delivered_at = Order.Status.DELIVERED, factories.ago(days=1)
    order.save()
    talk = TalkTo(order.customer)
    told = talk.say("make it white", "order_change", change="items")
    assert "exchange" in told
    assert talk.tasks == ["exchange_order"]


def test_a_size_is_not_how_many(order: Order, shoes: dict[str, Variant]) -> None:
    talk = TalkTo(order.customer)
    told = talk.say("size 42 instead of 41 for it", "order_change", change="items")
    assert "there are only" not in told
    assert talk.state["tasks"][0]["asked"] == "confirm"


def test_a_changed_wish_takes_the_yes_back(
    order: Order, shoes: dict[str, Variant]
) -> None:
    talk = TalkTo(order.customer)
    talk.say("make it size 42", "order_change", change="items")
    old = talk.values[0]
    assert "white" in talk.say("no, white in 41", "order_change", change="items")
    assert "earlier question" in talk.press_value(old)
    assert now(order) == shoes["41-black"].sku


def test_a_measure_in_other_words_is_heard_beside_a_colour(order: Order) -> None:
    line = order.lines.get()
    flasks = {
        f"{size}-{colour}": factories.variant(
            line.product, options={"capacity": size, "color": colour}
        )
        for size in ("500ml", "750ml")
        for colour in ("black", "white")
    }
    line.variant = flasks["750ml-black"]
    line.save()
    TalkTo(order.customer, "zh").say(
        "换成白色500毫升的",
        "order_change",
        change="items",
        options={"color": "白色", "capacity": "500毫升"},
    )
    swap = Confirmation.objects.get().parameters["swaps"][0]
    assert swap["new_sku"] == flasks["500ml-white"].sku
