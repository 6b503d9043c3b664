"""A model's wording passes only where the facts say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.llm.grounding import CHECKS, objection

SHIPPING_ZH = (
    "中国大陆订单实付满¥99包邮，不满¥99收取运费¥8。"
    "港澳台和海外订单的运费另计，见结算页。"
)
SHIPPING_EN = (
    "In mainland China shipping is free for orders of ¥99 or more; below ¥99 it costs "
    "¥8. Hong Kong, Macao, Taiwan and overseas orders have their own rates, shown at "
    "checkout."
)
DISPATCH_ZH = (
    "付款后24小时内从杭州仓发货，周末和一般节假日照常。"
    "选择银行转账的订单，从款项到账时开始计算24小时。"
)
DISPATCH_EN = (
    "We dispatch from our Hangzhou warehouse within 24 hours of payment, weekends and "
    "ordinary holidays included. For bank transfers the 24 hours start when the money "
    "arrives."
)
OVERSEAS_ZH = (
    "海外订单发货后一般5–12天送达：新加坡、日本约5–7天，美国、英国、加拿大约7–12天。"
    "遇到海关查验可能会再晚一些。"
)
OVERSEAS_EN = (
    "Overseas orders usually take 5–12 days after dispatch: about 5–7 days to Singapore "
    "and Japan, about 7–12 days to the US, UK and Canada. A customs inspection can add "
    "some time."
)
RETURNS_ZH = (
    "签收后7天内支持无理由退货，商品需保持完好、不影响二次销售。"
    "耳饰、贴身衣物不支持无理由退货。非质量问题的退货运费由您承担。"
)
RETURNS_EN = (
    "You can return an item within 7 days of delivery without giving a reason, as long "
    "as it is unused. Earrings and underwear can't be returned. You pay the return "
    "postage unless the item is faulty."
)
REFUND_EN = (
    "Once we have checked the returned parcel, we refund to your original payment "
    "method within 3 working days. For help write to help@example.com or call "
    "400-820-1234."
)
SALE_ZH = (
    "双十一活动从2025年11月1日到11月11日，全场8.5折，每天9:00开始。"
    "会员另享5%优惠，积分1.5倍，见 https://shop.example/sale 。"
)
SALE_EN = (
    "The sale runs from November 1 to November 11, 2025, with 15% off, from 9:00 to "
    "18:00. Order SF1234567890 is an example. See https://shop.example/sale for more."
)
SUPPORT_ZH = "人工客服每天9:00–21:00在线，周末不休。其余时间由机器人24小时服务。"
SUPPORT_EN = (
    "Our staff are online 9:00–21:00 every day, weekends included. Outside those hours "
    "the assistant is there 24 hours a day."
)
WHOLESALE_EN = "Yes: 8% off from 20 pieces of one product and 12% off from 100."
CANCEL_ZH = (
    "打包之前都可以取消。显示“已打包”或“已发货”后不能取消，收货后7天内可以退货。"
)

RIGHT = [
    (SUPPORT_ZH, "人工客服每天上午9点到晚上9点在线，周末也不休息。"),
    (SUPPORT_EN, "Our staff are online from 9am to 9pm every day, weekends included."),
    (WHOLESALE_EN, "You get 8% off from twenty pieces of one product."),
    (CANCEL_ZH, "打包之前可以取消，显示已打包之后就不能取消了。"),
    (SHIPPING_ZH, "大陆订单实付满99元就包邮，不满99元收8元运费。"),
    (SHIPPING_ZH, "实付满九十九元的大陆订单包邮哦，不满的话运费8元。"),
    (SHIPPING_EN, "Shipping within mainland China is free for orders of ¥99 or more."),
    (
        SHIPPING_EN,
        (
            "For orders in mainland China, shipping is free if you spend at least 99 "
            "yuan. If your order is below ¥99, shipping costs ¥8."
        ),
    ),
    (SHIPPING_EN, "Overseas orders have their own rates, shown at checkout."),
    (DISPATCH_ZH, "您好，付款后二十四小时内从杭州仓发货，周末也照常发货。"),
    (
        DISPATCH_EN,
        "Yes, we dispatch on weekends too, within twenty-four hours of payment.",
    ),
    (OVERSEAS_ZH, "发货后到日本大约5到7天送达。"),
    (OVERSEAS_ZH, "美国大约七至十二天送达，遇到海关查验可能会晚一些。"),
    (OVERSEAS_EN, "Delivery to Japan takes about five to seven days after dispatch."),
    (OVERSEAS_EN, "It takes between 7 and 12 days to reach the US after dispatch."),
    (RETURNS_ZH, "签收后七天内可以无理由退货，商品需要保持完好，不影响二次销售。"),
    (RETURNS_ZH, "很抱歉，贴身衣物不支持无理由退货。"),
    (
        RETURNS_EN,
        "You can return it within seven days of delivery, as long as it is unused.",
    ),
    (RETURNS_EN, "Sorry, earrings and underwear cannot be returned."),
    (REFUND_EN, "You can write to help@example.com or call 400-820-1234 for help."),
    (
        REFUND_EN,
        (
            "We refund to your original payment method within three working days of "
            "checking the returned parcel."
        ),
    ),
    (SALE_ZH, "双十一活动从2025年11月1日到11月11日，每天九点开始。"),
    (SALE_ZH, "会员另享百分之五优惠，积分1.5倍。"),
    (
        SALE_EN,
        "The sale runs from 1 November to 11 November 2025, with 15 percent off.",
    ),
    (SALE_EN, "It is 15% off, from 9am to 6pm."),
]

WRONG = [
    ("number", SHIPPING_ZH, "大陆订单实付满89元包邮。"),
    ("number", SHIPPING_ZH, "大陆订单实付满九十八元包邮。"),
    ("number", SHIPPING_EN, "Shipping is free for orders of ninety dollars or more."),
    ("number", SHIPPING_EN, "Shipping is free for orders of $99 or more."),
    ("number", DISPATCH_ZH, "付款后24天内从杭州仓发货。"),
    ("number", DISPATCH_EN, "We dispatch within a day of payment."),
    ("number", DISPATCH_EN, "We dispatch half a day after payment."),
    ("number", RETURNS_ZH, "签收后七个工作日内支持无理由退货。"),
    ("number", RETURNS_EN, "You can return an item within fourteen days of delivery."),
    ("number", REFUND_EN, "We refund to your payment method within 3 days."),
    ("number", OVERSEAS_ZH, "海外订单发货后一般5天送达。"),
    ("number", SALE_ZH, "双十一活动从2025年11月1日到11月12日。"),
    ("number", SALE_ZH, "双十一活动从2024年11月1日到11月11日。"),
    ("number", SALE_ZH, "双十一活动全场7折。"),
    ("number", SALE_ZH, "会员另享6%优惠。"),
    ("number", SALE_EN, "The sale runs from November 1 to November 21, 2025."),
    ("number", SALE_EN, "The sale runs from 9am to 7pm."),
    # Numbers of the facts, said of something else.
    ("number", SHIPPING_ZH, "大陆订单实付满8元包邮，不满8元收取运费99元。"),
    ("place", SHIPPING_ZH, "港澳台订单实付满¥99包邮。"),
    ("place", SHIPPING_EN, "Hong Kong shipping is free for orders of ¥99 or more."),
    ("place", OVERSEAS_ZH, "日本约7–12天送达。"),
    ("place", OVERSEAS_EN, "It takes about 5–7 days to Canada."),
    ("place", SUPPORT_ZH, "人工客服24小时在线。"),
    ("place", SUPPORT_EN, "Our staff are online 24 hours a day."),
    ("place", WHOLESALE_EN, "You get 12% off from 20 pieces."),
    ("place", DISPATCH_ZH, "付款后24小时后从杭州仓发货。"),
    ("place", DISPATCH_EN, "We dispatch from our warehouse after 24 hours of payment."),
    # Names, addresses, codes.
    ("name", SHIPPING_EN, "We use FedEx, which costs ¥8 below ¥99."),
    ("name", SHIPPING_ZH, "用DHL寄，不满¥99收取运费¥8。"),
    ("name", DISPATCH_ZH, "付款后24小时内从广州仓发货。"),
    ("name", DISPATCH_EN, "We dispatch from our Shanghai warehouse."),
    ("name", REFUND_EN, "For help write to help@examp1e.com."),
    ("name", REFUND_EN, "For help call 400-820-1235."),
    ("name", SALE_EN, "See https://shop.example.evil/sale for more."),
    ("name", SALE_EN, "See shop.evil for more."),
    ("name", SALE_EN, "Order SF1234567891 is an example."),
    # Promises, deeds and what else was added.
    ("topic", SHIPPING_ZH, "已为您免除运费并退款。"),
    ("topic", DISPATCH_ZH, "付款后立即从杭州仓发货。"),
    ("topic", SHIPPING_EN, "I have refunded the ¥8."),
    ("topic", RETURNS_ZH, "请提供您的密码以便退货。"),
    ("topic", DISPATCH_EN, "We dispatch within 24 hours of payment and add a gift."),
    ("condition", SHIPPING_EN, "Shipping is free."),
    ("condition", SHIPPING_ZH, "大陆订单包邮。"),
    ("promise", SHIPPING_ZH, "保证实付满¥99包邮。"),
    ("promise", RETURNS_ZH, "已为您办理退货。"),
    ("promise", RETURNS_EN, "Your return has been approved."),
    ("promise", RETURNS_EN, "We pay the return postage."),
    ("promise", REFUND_EN, "We'll refund you within 3 working days."),
    ("promise", REFUND_EN, "I have refunded the returned parcel."),
    ("promise", DISPATCH_EN, "We guarantee to dispatch within 24 hours of payment."),
    # The opposite.
    ("keyword", SHIPPING_ZH, "大陆订单实付满¥99不包邮。"),
    ("keyword", SHIPPING_EN, "Shipping is not free for orders of ¥99 or more."),
    ("keyword", DISPATCH_ZH, "周末和节假日不发货。"),
    ("keyword", RETURNS_EN, "You can't return an item within 7 days of delivery."),
    ("denied", RETURNS_ZH, "耳饰也可以7天内无理由退货。"),
    ("denied", RETURNS_EN, "Earrings can be returned within 7 days of delivery."),
    ("denied", RETURNS_EN, "You pay the return postage if the item is faulty."),
    ("keyword", SUPPORT_ZH, "周末不在线。"),
    ("denial", CANCEL_ZH, "打包之前不能取消。"),
    ("denial", RETURNS_ZH, "签收后7天内不支持无理由退货。"),
    # Not an answer at all.
    ("empty", SHIPPING_ZH, ""),
    ("empty", SHIPPING_EN, " 99 !"),
    ("length", SHIPPING_EN, "Shipping costs ¥8. " * 60),
    ("leftover", SHIPPING_EN, "Shipping costs ¥8.<|im_end|>"),
    ("leftover", SHIPPING_EN, "assistant: Shipping costs ¥8."),
    ("leftover", SHIPPING_ZH, "助手：不满¥99收取运费¥8。"),
    ("leftover", SHIPPING_EN, "According to the facts, it costs ¥8 below ¥99."),
    ("leftover", SHIPPING_EN, "Shipping costs \u202e8¥\u202c."),
    ("script", SHIPPING_ZH, "Below ¥99 shipping costs ¥8."),
    ("script", SHIPPING_EN, "不满¥99收取运费¥8。"),
    ("script", SHIPPING_ZH, "不满¥99收取运费¥8でございます。"),
    ("support", SHIPPING_EN, "There are cats that sleep and dogs that bark."),
]


@pytest.mark.parametrize(("facts", "text"), RIGHT)
def test_right_wording_passes(facts: str, text: str) -> None:
    assert objection(text, facts=facts) is None


@pytest.mark.parametrize(("reason", "facts", "text"), WRONG)
def test_wrong_wording_is_refused(reason: str, facts: str, text: str) -> None:
    assert objection(text, facts=facts) == reason


@pytest.mark.parametrize("facts", sorted({facts for facts, _ in RIGHT}))
def test_facts_are_grounded_in_themselves(facts: str) -> None:
    assert objection(facts, facts=facts) is None


def test_each_check_refuses_something() -> None:
    assert {reason for reason, _, _ in WRONG} == set(CHECKS)


def test_nothing_is_grounded_in_nothing() -> None:
    assert objection("Shipping costs ¥8.", facts="") is not None


_WORDS = """
满 不满 7 七 十 万 半 百分之 天 个 月 年 点 : - ¥ $ % 99 a one hundred and half days between
nov 24 2025 pm 、 。 , . 不 不支持 can't return I have < | @ # ٣ ½ ⑦
"""
_PIECES = st.sampled_from(_WORDS.split())
_TEXTS = st.one_of(st.text(), st.lists(_PIECES).map("".join))
_SPACED = st.lists(_PIECES).map(" ".join)


@given(text=_TEXTS | _SPACED, facts=_TEXTS | _SPACED)
def test_it_never_raises(text: str, facts: str) -> None:
    assert objection(text, facts=facts) in {None, *CHECKS}


@given(number=st.integers(min_value=0, max_value=10**7))
def test_another_number_never_passes(number: int) -> None:
    facts = "The deposit is 4321 dollars for each of these machines."
    text = f"The deposit is {number} dollars for each of these machines."

    assert (objection(text, facts=facts) is None) == (number == 4321)
