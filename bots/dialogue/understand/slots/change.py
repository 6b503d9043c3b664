"""What of an order is to change."""

import re
from collections.abc import Collection

from bots.dialogue.understand.normalise import Said

# The first that matches counts: where it is left beats where it goes.
_CHANGES = (
    (
        "items",
        (
            r"(?:再|多|另)?加(?:[一两二三四五\d]|上)(?:个|件|双|条|台|盒|瓶|份|包)?|多[要加](?:[一两二三四五\d])|去掉(?:一|那|这)|"
            r"少[要买](?:[一两二三四五\d])|\badd (?:a|an|one|two|three|another|\d)\b(?! (?:note|message|phone number|number))"
        ),
    ),
    (
        "delivery",
        (
            r"驿站|快递柜|丰巢|自提|物业|前台|门卫|保安|门铃|门口|地下室|信箱|快递公司|顺丰|京东快递|配送(?:方式|时间)|"
            r"送货(?:时间|上门)|发货时间|加急|晚点|晚.天|早.天|推迟|延后|延迟|提前|先别发|晚一?些|一起发|分开[发寄]|合并|合在一起|"
            r"safe place|with (?:a |the |my )?neighbou?rs?|concierge|reception|buzzer|doorbell|ring the bell|porch|"
            r"garage|behind|side gate|\b(?:slot|express|courier|overnight|reschedule|postpone|hold|collect\w*|"
            r"pick ?up|combine\w*|separately)\b|one (?:box|parcel|package|shipment|delivery)|gift ?wrap|gift message|"
            r"礼品包装|礼盒包装|贺卡|备注"
        ),
    ),
    (
        "address",
        (
            r"add?ress?\b|address|adress|postcode|zip|pincode|pin code|street|house number|flat|"
            r"deliver(?:ed)? (?:it )?to|ship(?:ped)? (?:it )?to|send (?:it|them|this) to|sent to|redirect|recipient|"
            r"receiver|contact number|phone number|moved house|(?:to|at) my (?:office|work|mum|mom|parents|sister|"
            r"brother|house|place)|地址|收货人|收件人|名字|姓名|寄到|寄我|寄去|寄给|送到|送去|邮编|门牌|改寄|联系电话|电话|手机号|"
            r"搬家|老家|dizhi"
        ),
    ),
    (
        "payment",
        (
            r"pay(?:ment|ing)?\b|paypal|card\b|cash on delivery|\bcod\b|klarna|instal\w+|付款|支付|货到付款|花呗|分期|"
            r"微信付|信用卡|优惠券|红包抵扣|\b(?:voucher|coupon|promo code|discount code)\b"
        ),
    ),
    (
        "delivery",
        (
            r"delivery|shipping (?:method|option|speed)|deliver (?:it )?(?:on|later|after|before|in)|leave (?:it )?(?:with|at|by)|"
            r"evening|later|earlier|faster|next day|until|till|"
            r"(?:周|星期|礼拜)[一二三四五六日天末](?:再|才)?[送发]|[天号日晚早](?:再|才)?[送发]|送货|配送|什么时候送|再送|再发|改天|"
            r"拆单|拆开"
        ),
    ),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _CHANGES)
_GOODS = {"product", "options", "quantity"}
_ITEMS = re.compile(
    r"\d|\b(?:items?|quantity|add|remove|size|colou?rs?|model|swap|wrong)\b|[换改加减款件码色]|型号|尺寸|颜色"
)


def named(said: Said) -> str:
    """Return what of an order is named as that which changes, else ""."""
    hits = (name for name, known in _COMPILED if known.search(said.folded))
    return next(hits, "")


def find(said: Said, slots: Collection[str]) -> str:
    """Return what of an order is to change; items, where nothing else is named.

    A day is that of the delivery.
    """
    known = named(said) or ("delivery" if "date" in slots else "")
    if known:
        return known
    goods = _GOODS & set(slots) or _ITEMS.search(said.folded)
    return "items" if goods else ""
