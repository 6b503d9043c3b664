"""Whole talks in which the real understanding says what the words mean."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from bots.dialogue import engine
from bots.dialogue.turn import Input, Shopper
from orders.models import CaseLine, Customer, Order, Payment
from tests import factories

pytestmark = pytest.mark.django_db

Status = Order.Status


class Shop:
    """A shopper of the demo's kind of shop, and what is answered."""

    def __init__(self, customer: Customer | None) -> None:
        self.shopper = Shopper(customer_id=customer.pk if customer else None)
        self.state: dict[str, object] = {}
        self.history: list[tuple[str, str]] = []
        self.language = ""
        self.handed_over = False

    def say(self, text: str) -> str:
        given = Input(
            text=text,
            at=timezone.now(),
            history=tuple(self.history),
            language=self.language,
        )
        understood = engine.understand(given, self.state)
        outcome = engine.respond(given, understood, self.state, self.shopper)
        self.state = dict(outcome.state)
        self.language = outcome.language
        self.handed_over = outcome.hand_over is not None
        if outcome.customer_id:
            self.shopper = Shopper(customer_id=outcome.customer_id)
        told = "\n".join(reply.text for reply in outcome.replies)
        self.history += [("shopper", text), ("bot", told)]
        return told


@pytest.fixture
def anna() -> Customer:
    return factories.customer(phone="+8613800001004")


@pytest.fixture
def order(anna: Customer) -> Order:
    return factories.order(anna, number="SO100163")


@pytest.fixture
def delivered(anna: Customer) -> Order:
    """Two towels and a rice cooker."""
    order = factories.delivered_order(anna, number="SO100157", lines=2)
    named = (("Bath towel", "竹纤维浴巾", 2), ("Rice cooker", "智能电饭煲", 1))
    for line, (en, zh, quantity) in zip(order.lines.all(), named, strict=True):
        line.product.name = {"en": en, "zh": zh}
        line.product.save()
        line.quantity = quantity
        line.save()
    Payment.objects.filter(order=order).update(amount=Decimal("297.00"))
    return order


def now(order: Order) -> str:
    order.refresh_from_db()
    return order.status


@pytest.mark.parametrize(
    "text",
    [
        "please keep it",
        "please wait",
        "sure, why not, but don't cancel it yet",
        "y u so slow",
        "sure?",
        "right, what was in it again?",
        "好贵啊",
        "哈哈",
        "好奇怪啊",
        "嗯，让我想想",
        "可恶",
        "那个",
        "吧",
        "嗯…",
        "嗯？",
        "确定吗？",
    ],
)
def test_no_hesitation_cancels(anna: Customer, order: Order, text: str) -> None:
    shop = Shop(anna)
    shop.say("cancel SO100163")
    shop.say(text)
    assert now(order) == Status.PENDING


@pytest.mark.parametrize(
    ("wish", "yes"),
    [
        ("cancel SO100163", "yes please"),
        ("cancel SO100163", "ok"),
        ("取消SO100163", "是的"),
        ("取消SO100163", "好的，谢谢"),
    ],
)
def test_a_plain_yes_does(anna: Customer, order: Order, wish: str, yes: str) -> None:
    shop = Shop(anna)
    assert "SO100163" in shop.say(wish)
    shop.say(yes)
    assert now(order) == Status.CANCELLED


@pytest.mark.parametrize("text", ["SO100163 1004", "SO100163，手机后四位1004"])
def test_the_format_that_is_asked_for_is_taken(order: Order, text: str) -> None:
    shop = Shop(None)
    shop.say("where is my order?")
    told = shop.say(text)
    assert "SO100163" in told
    assert shop.shopper.customer_id == order.customer_id


def test_digits_first_and_the_number_then(order: Order) -> None:
    shop = Shop(None)
    shop.say("where is my order?")
    shop.say("1004")
    assert "not packed yet" in shop.say("SO100163")


@pytest.mark.parametrize("wish", ["cancel {} and {}", "取消{}和{}"])
def test_both_orders_are_cancelled(anna: Customer, order: Order, wish: str) -> None:
    other = factories.order(anna, number="SO100164")
    shop = Shop(anna)
    shop.say(wish.format(order.number, other.number))
    assert other.number in shop.say("yes")
    shop.say("yes")
    assert (now(order), now(other)) == (Status.CANCELLED, Status.CANCELLED)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("SO100157我要退一条浴巾", [1]),
        ("我要退SO100157的浴巾和电饭煲", [2, 1]),
        (
            "I'd like to return the towel and the rice cooker from order SO100157",
            [2, 1],
        ),
    ],
)
def test_as_many_go_back_as_were_named(
    anna: Customer, delivered: Order, text: str, counts: list[int]
) -> None:
    shop = Shop(anna)
    shop.say(text)
    shop.say("是的" if "我" in text else "yes")
    lines = CaseLine.objects.order_by("line_id")
    assert list(lines.values_list("quantity", flat=True)) == counts


@pytest.mark.parametrize(
    ("text", "words"),
    [("用英语回复我", "answer in English"), ("Please speak Chinese", "用中文回答您")],
)
def test_a_wish_for_a_language_is_heard(text: str, words: str) -> None:
    assert words in Shop(None).say(text)


def test_noise_ends_with_a_person() -> None:
    shop = Shop(None)
    told = [shop.say(text) for text in ("blub", "???", "asdf")]
    assert "colleague" in told[-1]
    shop.say("yes")
    assert shop.handed_over


@pytest.mark.parametrize("text", ["SO100157能退吗", "可以退SO100157吗"])
def test_can_it_go_back_is_answered_of_that_order(
    anna: Customer, delivered: Order, text: str
) -> None:
    assert "SO100157" in Shop(anna).say(text)


def test_a_yes_after_a_refusal_calls_nobody(anna: Customer) -> None:
    at = timezone.now() - timedelta(days=1)
    factories.order(anna, number="SO100191", status=Status.PROCESSED, placed_at=at)
    shop = Shop(anna)
    assert "packed already" in shop.say("cancel SO100191")
    shop.say("yes")
    assert not shop.handed_over
