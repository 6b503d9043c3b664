"""Every kind of event is said, in both languages."""

from typing import Any

import pytest

from bots.notices import wording
from orders.models import OrderEvent
from tests import factories
from tests.bots.notices import news

pytestmark = pytest.mark.django_db

WORDS = {
    "paid": ("received ¥99.00", "已收到"),
    "shipped": ("on its way", "已发货"),
    "out_for_delivery": ("out for delivery", "派送中"),
    "delivered": ("has arrived", "已送达"),
    "exception": ("problem", "遇到了问题"),
    "payment_failed": ("did not go through", "没有成功"),
    "refunded": ("refunded to visa 1234", "已退款至visa 1234"),
}


def test_every_kind_has_its_words() -> None:
    assert set(WORDS) == set(OrderEvent.Kind.values)


@pytest.mark.parametrize("kind", WORDS)
def test_it_is_said_in_both_languages(kind: str) -> None:
    event = news.event(factories.order(), kind)
    for language, words in zip(("en", "zh"), WORDS[kind], strict=True):
        said = wording.text(event, language)
        assert event.order.number in said
        assert words in said


def test_a_parcel_is_named_with_what_is_in_it() -> None:
    order = factories.order(lines=2)
    first, second = order.lines.all()
    first.product.name = {"en": "Lamp", "zh": "台灯"}
    first.product.save()
    facts: dict[str, Any] = {"skus": [first.variant.sku], "expected": "2027-01-02"}
    said = wording.text(news.event(order, "shipped", **facts), "zh")
    assert "台灯" in said
    assert second.product.name["zh"] not in said
    assert "SF Express SF123" in said
    assert "2027年1月2日" in said


def test_a_problem_says_what_the_carrier_says_and_offers_a_person() -> None:
    facts: dict[str, Any] = {
        "place": {"zh": "上海"},
        "text": {"zh": "地址不详", "en": "Bad address"},
    }
    event = news.event(factories.order(), "exception", **facts)
    assert "上海 · 地址不详" in wording.text(event, "zh")
    assert "Bad address" in wording.text(event, "en")
    assert [button.value for button in wording.buttons(event, "zh")] == ["human"]


def test_a_gift_card_has_it_already() -> None:
    card: dict[str, Any] = {"method": "", "method_kind": "gift_card"}
    event = news.event(factories.order(), "refunded", **card)
    assert "gift card" in wording.text(event, "en")
    assert "礼品卡" in wording.text(event, "zh")


def test_a_refund_without_a_method_is_said_all_the_same() -> None:
    event = news.event(factories.order(), "refunded", method="", method_kind="")
    assert "was refunded." in wording.text(event, "en")


@pytest.mark.parametrize(
    ("lacking", "changeable", "en", "zh"),
    [
        (True, True, "Please write to us here which other payment method", "改用"),
        (False, True, "stays paid as it was", "按原来的方式"),
        (True, False, "a colleague will see to it", "同事会处理"),
        (False, False, "a colleague will see to it", "同事会处理"),
    ],
)
def test_a_payment_that_failed_says_what_to_do(
    *, lacking: bool, changeable: bool, en: str, zh: str
) -> None:
    event = news.event(
        factories.order(), "payment_failed", lacking=lacking, changeable=changeable
    )
    assert en in wording.text(event, "en")
    assert zh in wording.text(event, "zh")
    assert "99.00" in wording.text(event, "zh")
    assert [button.value for button in wording.buttons(event, "en")] == ["human"]
