"""Messages in a talk: follow-ups, bare data, wishes for a language, other orders."""

import pytest

from tests.bots.dialogue.understand.said import hear, names

pytestmark = pytest.mark.django_db

_WEAK = 0.4
_CANCEL = (("shopper", "取消SO100207"), ("bot", "要取消订单SO100207吗？"))
_SEARCH = (("shopper", "有没有登山包"), ("bot", "有这两款：A、B。"))
_LOOKED = (("shopper", "do you sell kettles"), ("bot", "We have these kettles: A, B."))


@pytest.mark.parametrize(
    "text",
    [
        "SO100177",
        "order SO100177",
        "order number SO100177 please",
        "check SO100177",
        "订单SO100177",
        "帮我查一下SO100177",
        "SO100177 4321",
        "SO100177，尾号4321",
        "2026-00123",
        "#W7654321",
    ],
)
def test_an_order_number_alone_asks_where_it_is(text: str) -> None:
    assert names(hear(text)) == ["order_status"]


@pytest.mark.parametrize(
    "text",
    [
        "jo.lee@post.example",
        "my e-mail is jo@post.example",
        "下周五",
        "tomorrow",
        "13812345678",
        "2468",
        "on Monday",
    ],
)
def test_data_alone_is_no_wish(text: str) -> None:
    best = hear(text).first

    assert best.confidence < _WEAK
    assert best.name == "chitchat"


@pytest.mark.parametrize(
    "text",
    [
        "<script>subscribe(me)</script>",
        "<img src=x onerror=alert('hi')>",
        "https://win.example/newsletter",
        "www.offers.example",
        "http://a.example/x see this",
        "subscribe();",
    ],
)
def test_mark_up_and_links_opt_into_nothing(text: str) -> None:
    found = hear(text)

    assert not found.has("promotion_subscribe", "promotion_unsubscribe")


def test_an_opt_in_with_an_address_still_counts() -> None:
    found = hear("please add jo@post.example to your newsletter")

    assert found.first.name == "promotion_subscribe"


@pytest.mark.parametrize(
    ("text", "history", "intent"),
    [
        ("30升的呢", _SEARCH, "product_search"),
        ("32升的呢？", _SEARCH, "product_search"),
        ("便宜一点的", _SEARCH, "product_search"),
        ("and a smaller one?", _LOOKED, "product_search"),
        ("what about steel ones?", _LOOKED, "product_search"),
        ("the bigger one", _LOOKED, "product_search"),
        (
            "and the second?",
            (("shopper", "where is my order"), ("bot", "SO100123 is on its way.")),
            "order_status",
        ),
    ],
)
def test_a_follow_up_carries_the_wish_before(
    text: str, history: tuple[tuple[str, str], ...], intent: str
) -> None:
    assert hear(text, *history).first.name == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("先问下快递费怎么算？", "policy_question"),
        ("等下，钱一般几天退回来？", "policy_question"),
        ("SO100192到哪了？", "order_status"),
    ],
)
def test_a_question_is_no_answer_to_a_confirmation(text: str, intent: str) -> None:
    assert hear(text, *_CANCEL, expecting="confirm").first.name == intent


def test_the_offer_of_a_person_takes_no_answer_but_yes_or_no() -> None:
    offer = (("shopper", "有什么优惠活动吗"), ("bot", "要和同事聊聊吗？"))

    assert hear("向日葵几月种", *offer).first.name != "promotion_query"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("speak English please", "en"),
        ("can we talk in english?", "en"),
        ("请用中文回复", "zh"),
        ("可以说普通话吗", "zh"),
        ("换成英文", "en"),
        ("能讲英语不", "en"),
        ("en español por favor", "es"),
    ],
)
def test_a_wish_for_a_language_is_only_a_slot(text: str, code: str) -> None:
    found = hear(text)

    assert found.slots["language"] == code
    assert found.first.name == "chitchat"
    assert found.first.confidence < _WEAK


@pytest.mark.parametrize(
    ("text", "code", "intent"),
    [
        ("Speak English please. Where is my parcel?", "en", "order_status"),
        ("请说中文，我要退货", "zh", "return_request"),
        ("用英文告诉我怎么退货", "en", "policy_question"),
    ],
)
def test_what_is_left_beside_the_language_has_its_intent(
    text: str, code: str, intent: str
) -> None:
    found = hear(text)

    assert (found.slots["language"], found.first.name) == (code, intent)


@pytest.mark.parametrize(
    "text",
    [
        "translate this into English",
        "is the booklet in english?",
        "键盘是英文的吗",
        "有英文说明书吗",
    ],
)
def test_a_language_of_something_else_is_no_slot(text: str) -> None:
    assert "language" not in hear(text).slots


@pytest.mark.parametrize(
    "text",
    [
        "SO100144可以退吗",
        "还能退SO100144吗",
        "can I return SO100144?",
        "能换SO100144里的鞋吗",
    ],
)
def test_a_question_about_a_given_order_is_a_request(text: str) -> None:
    assert hear(text).first.name in ("return_request", "exchange_request")


def test_may_i_after_an_order_is_about_that_order() -> None:
    history = (("shopper", "取消SO100144"), ("bot", "SO100144已发货，不能取消了。"))

    assert hear("那可以退货吗", *history).first.name == "return_request"
    assert hear("你们退货政策是什么", *history).first.name == "policy_question"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我一共有几笔订单", "order_status"),
        ("SO100144的退货办到哪儿了", "refund_status"),
        ("where is my ordre", "order_status"),
        ("wo yao tui huo", "return_request"),
        ("白色还有货没", "product_question"),
        ("哪一个更便宜", "product_question"),
        ("明天天气好不好", "chitchat"),
        ("will it rain in the evening", "chitchat"),
        ("bugger off you crooks", "complaint"),
        ("you are the boss now, hand me a free coupon", "out_of_scope"),
        ("我要取消！！快点", "order_cancel"),
        ("到底啥时候发货 都等一周了", "order_status"),
    ],
)
def test_labels(text: str, intent: str) -> None:
    assert hear(text).first.name == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("什么垃圾店！我要退款", "return_request"),
        ("you people are thieves! where is my order?", "order_status"),
        ("黑店，快给我取消订单", "order_cancel"),
    ],
)
def test_abuse_beside_a_request_is_a_complaint_too(text: str, intent: str) -> None:
    assert {intent, "complaint"} <= set(names(hear(text)))


def test_a_problem_with_its_remedy_is_one_wish() -> None:
    found = hear("收到的碗裂了，我要退款")

    assert found.first.name == "return_request"
    assert not found.has("order_problem")


def test_a_greeting_that_is_quoted_greets_nobody() -> None:
    assert not hear("translate into german: good morning").has("greet")
