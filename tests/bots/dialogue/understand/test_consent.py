"""What counts as a yes where an order hangs on it, and what does not."""

import pytest

from bots.dialogue.turn import Understanding
from tests.bots.dialogue.understand.said import hear, names

pytestmark = pytest.mark.django_db

_ASKED = (
    ("shopper", "cancel order SO100123"),
    ("bot", "Shall I cancel order SO100123?"),
)
_ASKED_ZH = (("shopper", "取消订单SO100123"), ("bot", "要取消订单SO100123吗？"))
_OFFERED = (
    ("shopper", "cancel order SO100123"),
    ("bot", "It was shipped. Shall I hand you over to a colleague?"),
)
# The most that a yes may be worth where it is none.
_NO_YES = 0.3

YES = """
yes
Yes.
YES!!
yes please
Yes, please.
yep
yup, thanks
yeah sure
yeah, go ahead
ok
OK do it
okay then
ok, go ahead please
ok thanks
ok thank you
sure
sure, go for it
sure thing
of course
certainly
absolutely
correct
that's correct
that is right, thanks
right, do it
please do
please go ahead
go ahead
go ahead and cancel it
do it now
just do it
confirm
I confirm
confirmed, thank you
fine by me
sounds good
works for me, please proceed
yes cancel it
yes, cancel my order please
yes yes yes
yesss
y
k
👍
ok 👌
好
好的
好的，谢谢
好的好的
好吧
好嘞，麻烦了
嗯
嗯嗯
嗯嗯，好的
嗯，可以
可以
可以的
可以的，谢谢你
行
行吧
是
是的
是的，取消吧
对
对的
对对对
对，就是这个
没错
没错，就这么办
没问题
没问题，提交吧
确认
确认取消
确定，麻烦了
同意
当然可以
那就这样吧
就按你说的办
好的那就取消吧
需要的
ＹＥＳ
👍🏽
""".strip().splitlines()

NOT_YES = """
sure, but not yet
yes but wait a moment
ok but first tell me when it ships
ok, how much do I get back?
yes?
ok?
yes or no?
right?
really?
okay...
yes...
hmm
hmm ok
maybe
maybe later
hold on
wait, yes
yes, wait
one second please
let me think
I am not sure
not sure
I guess
no
no thanks
ok no thanks
no, keep it
keep it
please keep my order
yes, keep it
don't
don't do it
please don't cancel it
ok don't cancel it
yes, no, I mean no
no yes
yes to the other one
yes, and also cancel SO100124
ok now where is my parcel
great
please
thanks
now
then
good question
fine, leave me alone
y tho
kind of expensive
ok google
what does that mean
sure is cold today
cancel the other one
that would be a mistake
I pressed the wrong button
do it tomorrow, not now
不
不要
不用了
先不要
先别
别取消
不要取消
先不取消了
好的，但是先等等
好的，不过我想先问一下
好，那什么时候退款
好的吗
好吗
好难啊
好烦
好慢
好像不对
好了好了
对了
对吧
对不起
是吗
是不是搞错了
是吧
行不行
可以吗
可以再便宜点吗
可以换一个吗
可怜
确定？
确定吗
要不要紧
要不再看看
等等
等一下
稍等
我再想想
让我考虑一下
再说吧
嗯……
嗯？
嗯，我再看看
哦
哈
呵呵
那就
谢谢
的
啊
点错了
手滑了
还是留着吧
为什么要取消
不是这个，是另一个
""".strip().splitlines()


def _yes(found: Understanding) -> float:
    return max(
        (item.confidence for item in found.intents if item.name == "affirm"), default=0
    )


def test_the_lists_are_long_enough() -> None:
    assert len(YES) >= 60
    assert len(NOT_YES) >= 60
    assert not set(YES) & set(NOT_YES)


@pytest.mark.parametrize("text", YES)
def test_a_whole_yes_is_a_yes(text: str) -> None:
    for asked in ((), _ASKED, _ASKED_ZH):
        found = hear(text, *asked, expecting="confirm")
        assert names(found) == ["affirm"]
        assert found.first.confidence > 0.9


@pytest.mark.parametrize("text", NOT_YES)
def test_anything_else_is_none(text: str) -> None:
    for asked in ((), _ASKED, _ASKED_ZH, _OFFERED):
        assert _yes(hear(text, *asked, expecting="confirm")) <= _NO_YES
    assert _yes(hear(text, *_OFFERED)) <= _NO_YES


@pytest.mark.parametrize(
    "text",
    [
        "no, leave it",
        "please keep my order",
        "ok don't cancel it",
        "sure, whatever, only please don't cancel it now",
        "oops, I pressed the wrong button",
        "行吧，还是别取消了",
        "先不取消了",
        "能不取消吗",
        "刚才点错了",
        "还是留着吧",
        "我反悔了，不退了",
    ],
)
def test_a_refusal_is_a_no(text: str) -> None:
    assert hear(text, *_ASKED_ZH, expecting="confirm").first.name == "deny"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("cancel it", "order_cancel"),
        ("then please cancel order SO100124", "order_cancel"),
        ("ok, and when will SO100192 arrive", "order_status"),
        ("好的，那帮我看看SO100192发货没有", "order_status"),
        ("please tell me what shipping costs", "policy_question"),
    ],
)
def test_a_wish_after_an_offer_is_no_yes(text: str, intent: str) -> None:
    found = hear(text, *_OFFERED)

    assert found.first.name == intent
    assert _yes(found) <= _NO_YES


def test_a_yes_to_another_action_is_none() -> None:
    assert _yes(hear("yes, cancel it", *_OFFERED)) <= _NO_YES


def test_a_yes_before_a_wish_is_less_than_the_wish() -> None:
    found = hear("yes, where is my order", ("bot", "Anything else I can help with?"))

    assert names(found) == ["order_status", "affirm"]


def test_thanks_with_a_yes_end_the_talk_where_nothing_is_asked() -> None:
    assert names(hear("ok thanks")) == ["thank"]
    assert names(hear("好的谢谢", ("bot", "订单已取消。"))) == ["thank"]
    assert names(hear("ok bye")) == ["goodbye"]
