"""Cancelling an order, or being told why not and what instead."""

from collections.abc import Callable

from tests.shopper import Shopper
from tests.stack import Embedded

Open = Callable[..., Shopper]


def status(shop: Embedded, number: str) -> str:
    return shop.shell(
        "from orders.models import Order;"
        f"print(Order.objects.get(number='{number}').status)"
    )


def test_a_yes_cancels_exactly_what_was_named(shopper: Open, shop: Embedded) -> None:
    emily = shopper(customer="C1003")
    asked = emily.say("please cancel order SO100220, I ordered the wrong bag")
    assert "SO100220" in asked
    assert status(shop, "SO100220") == "pending"
    assert "cancelled" in emily.say("yes, go ahead")
    assert status(shop, "SO100220") == "cancelled"


def test_a_no_changes_nothing_and_a_later_yes_does(
    shopper: Open, shop: Embedded
) -> None:
    siyuan = shopper(customer="C1001")
    assert "SO100203" in siyuan.say("我想取消订单SO100203")
    assert "不变" in siyuan.say("不，先不取消了")
    assert status(shop, "SO100203") == "pending"
    siyuan.say("还是取消SO100203吧")
    assert "已取消" in siyuan.say("确认")
    assert status(shop, "SO100203") == "cancelled"


def test_a_shipped_order_is_refused_and_a_return_offered(
    shopper: Open, shop: Embedded
) -> None:
    emily = shopper(customer="C1003")
    assert "shipped" in emily.say("cancel SO100147")
    assert any("return" in label for label in emily.buttons)
    assert status(shop, "SO100147") == "shipped"


def test_the_same_refusal_in_chinese(shopper: Open, shop: Embedded) -> None:
    siyuan = shopper(customer="C1001")
    assert "已经发货" in siyuan.say("SO100183不要了，取消吧")
    assert any("退货" in label for label in siyuan.buttons)
    assert status(shop, "SO100183") == "shipped"


def test_a_question_in_the_middle_is_answered_and_the_talk_comes_back(
    shopper: Open, shop: Embedded
) -> None:
    xiaoyu = shopper(customer="C1002")
    assert "SO100207" in xiaoyu.say("I want to cancel order SO100207")
    aside = xiaoyu.say("how long do refunds take?")
    assert "days" in aside
    assert "SO100207" in aside
    assert "cancelled" in xiaoyu.say("ok yes")
    assert status(shop, "SO100207") == "cancelled"


def test_the_same_aside_in_chinese(shopper: Open) -> None:
    guest = shopper()
    guest.say("帮我取消订单")
    told = guest.say("退款一般多久到账？")
    assert "工作日" in told
    # The open question is asked again.
    assert "订单号" in told


def test_a_button_of_an_earlier_question_does_nothing(
    shopper: Open, shop: Embedded
) -> None:
    guest = shopper(customer="C1005")
    guest.say("where is my order")
    assert "earlier" in guest.say("yes:AAAAAAAAAAAA")
