"""What a shopper makes of the bot's last reply: the question that it ends with."""

import re
from enum import StrEnum

from bots.simulation.console import Reply


class Asked(StrEnum):
    CONFIRM = "confirm"
    IDENTITY = "identity"
    PROOF = "proof"
    ORDER = "order"
    ITEMS = "items"
    VARIANT = "variant"
    ADDRESS = "address"
    CITY = "city"
    METHOD = "method"
    DELIVERY = "delivery"
    REASON = "reason"
    PROBLEM = "problem"
    CASE = "case"
    # Offers a person.
    PERSON = "person"
    # Did not understand.
    UNCLEAR = "unclear"
    NOTHING = "nothing"


# In the order in which they are looked for: what says more stands first.
_SIGNS = {
    Asked.PROOF: ("make sure that order .+ is yours", "确认订单 .+ 是您本人"),
    Asked.IDENTITY: (
        "make sure that it is yours",
        "check the order number",
        "is in the e-mail that confirmed",
        "确认订单是您本人",
        "请核对订单号",
        "订单号在下单确认邮件",
    ),
    Asked.UNCLEAR: (
        "not sure what you mean",
        "still do not understand",
        "do not have a sure answer",
        "found nothing that fits",
        "which product do you mean",
        "cannot help with that",
        "what can i do for you",
        "what else can i do for you",
        "请问需要什么帮助",
        "还有什么可以帮您？",
        "没太明白",
        "没有听懂",
        "没有确定的答案",
        "没有找到合适",
        "是哪一款商品",
        "帮不上忙",
    ),
    Asked.ORDER: (
        r"which order\b",
        "one of these orders",
        "哪个订单",
        "选择一个订单",
    ),
    Asked.CASE: (
        "which of these of order",
        r"choose one of these\.$",
        "哪一项申请",
        "请从中选一个",
    ),
    Asked.ITEMS: (
        "which item of order",
        "name one of these items",
        "里要退哪",
        "中的哪件",
        "中哪件",
        "请说出订单 .+ 中",
    ),
    Asked.VARIANT: (
        "what would you like instead",
        "what shall .+ become",
        "choose one of these for",
        "要换成什么",
        "从中选一个",
    ),
    Asked.CITY: ("in which city", "在哪个城市"),
    Asked.ADDRESS: (
        "where shall order",
        "the whole new address",
        "要寄到哪里",
        "完整的新地址",
    ),
    Asked.METHOD: ("which payment method would", "改用哪种支付方式"),
    Asked.DELIVERY: (
        "when or how shall order",
        "name a day on which",
        "想在哪天",
        "请告诉我送货的日期",
    ),
    Asked.REASON: (
        "why would you like to cancel",
        "one of these reasons",
        "为什么想取消",
        "这些原因中选",
    ),
    Asked.PROBLEM: ("what went wrong", "请问出了什么问题", "请选择出了什么问题"),
    Asked.PERSON: (
        "shall i hand you over",
        "shall a colleague",
        r"talk to a colleague\?",
        "转接",
        "请同事",
        "和同事聊",
    ),
}
_COMPILED = tuple(
    (question, re.compile("|".join(signs), re.IGNORECASE | re.MULTILINE))
    for question, signs in _SIGNS.items()
)


def asked(reply: Reply) -> Asked:
    """The question that is open after this reply: that of its last text."""
    if any(value.startswith("yes:") for _, value in reply.buttons):
        return Asked.CONFIRM
    for text in reversed(reply.texts):
        for question, signs in _COMPILED:
            if signs.search(text):
                return question
    return Asked.NOTHING


# What a proposal speaks of, by the wish that it answers.
_PROPOSED = {
    "cancel_order": r"shall i (?:cancel|ask for order)|取消",
    "change_address": r"to this address|地址",
    "change_items": r"shall i change order|改",
    "change_payment": r"paid with|支付",
    "change_delivery": r"the delivery of|配送",
    "return_order": r"open a return|退货",
    "exchange_order": r"open an exchange|换货",
    "repair_order": r"open a repair|保修",
    "report_problem": r"ask for a refund|退款",
    "withdraw_case": r"shall i close|撤销",
}
# Buttons beside a list that are none of it.
_ASIDES = frozenset({"human", "cancel", "everything"})


def proposes(reply: Reply, opening: str) -> bool:
    """Whether the proposal is one to do what was wished for."""
    return bool(re.search(_PROPOSED[opening], reply.last, re.IGNORECASE))


def listed(reply: Reply) -> list[tuple[str, str]]:
    """The buttons that make up the list."""
    return [button for button in reply.buttons if button[1] not in _ASIDES]


def token(reply: Reply) -> str:
    """What a yes to this reply would agree to."""
    values = (value for _, value in reply.buttons if value.startswith("yes:"))
    return next(values, "yes:").partition(":")[2]
