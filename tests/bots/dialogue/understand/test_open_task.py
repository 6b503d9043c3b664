"""What is said while a task is open: proofs, reasons, names of things, questions."""

import pytest

from tests.bots.dialogue.understand.said import hear, names, slots

pytestmark = pytest.mark.django_db

_PROVES = "To show it I need your e-mail address or the last four digits of your phone."
_ASIDE = (
    ("shopper", "cancel order SO100188"),
    ("bot", _PROVES),
    ("shopper", "do you ship to France?"),
    ("bot", f"Yes, we do. {_PROVES}"),
)
_WHICH = (
    ("shopper", "我要退货"),
    ("bot", "订单号是多少？"),
    ("shopper", "SO100188"),
    ("bot", "要退哪一件？"),
)
_RETURN = (("shopper", "我要退那双拖鞋"), ("bot", "要申请退货吗？"))
_CANCEL = (
    ("shopper", "cancel SO100188"),
    ("bot", "Shall I cancel order SO100188?"),
)


@pytest.mark.parametrize(
    "text", ["2468", "jo@post.example", "ok, my e-mail is jo@post.example"]
)
def test_a_proof_is_of_the_task_and_not_of_the_question_since(text: str) -> None:
    assert names(hear(text, *_ASIDE, expecting="identity")) == ["order_cancel"]


@pytest.mark.parametrize("text", ["拖鞋", "毛毯和台灯", "水壶"])
def test_a_thing_that_is_named_is_the_answer(text: str) -> None:
    assert names(hear(text, *_WHICH, expecting="items")) == ["return_request"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("想查一下SO100188，我的邮箱是jo@post.example", "order_status"),
        ("Could you check SO100188? my mail is jo@post.example", "order_status"),
        ("取消SO100188，手机尾号2468", "order_cancel"),
    ],
)
def test_a_proof_beside_a_number_is_no_wish(text: str, intent: str) -> None:
    found = hear(text)

    assert found.first.name == intent
    assert not found.has("account_help")


@pytest.mark.parametrize(
    "text", ["手感不好", "不好用", "不需要了", "做工太差了", "尺码不合适", "不喜欢"]
)
def test_a_reason_is_no_refusal(text: str) -> None:
    found = hear(text, *_RETURN, expecting="confirm")

    assert names(found) == ["return_request"]
    assert found.slots["reason"]


@pytest.mark.parametrize("text", ["不退了", "不用了", "不要", "算了，先不退"])
def test_a_refusal_stays_one(text: str) -> None:
    found = hear(text, *_RETURN, expecting="confirm")

    assert found.first.name in ("deny", "cancel")


@pytest.mark.parametrize(
    "text", ["does cancelling cost anything?", "do I lose my voucher?", "会扣积分吗"]
)
def test_a_question_before_the_yes_is_asked_of_the_shop(text: str) -> None:
    assert hear(text, *_CANCEL, expecting="confirm").first.name == "policy_question"


@pytest.mark.parametrize("text", ["hold on a second", "稍等一下", "hmm, wait"])
def test_who_waits_wishes_for_nothing(text: str) -> None:
    best = hear(text, *_CANCEL, expecting="confirm").first

    assert (best.name, best.confidence < 0.4) == ("chitchat", True)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("okay, refund them then", "return_request"),
        ("好的，那退款吧", "return_request"),
        ("Help!", "ask_bot"),
        ("Start", "promotion_subscribe"),
        ("garden products", "product_search"),
        ("洗漱用品", "product_search"),
        ("牙刷有吗", "product_search"),
        ("does the stand work with other tablets?", "product_question"),
    ],
)
def test_short_wishes(text: str, intent: str) -> None:
    assert hear(text).first.name == intent


@pytest.mark.parametrize(
    "text", ["手机1800以内", "手机，1500到2500的", "手机 3500左右"]
)
def test_a_price_is_no_phone_number(text: str) -> None:
    found = slots(text)

    assert "phone" not in found
    assert "price_max" in found
