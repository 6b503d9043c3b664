"""What is to be done with one order or its case, told by the verb."""

import re

_AFTER = r"(?:退货|换货|退款|维修|保修|售后)"
# What was asked for is taken back: "cancel my return", 不退了.
_TAKEN_BACK = re.compile(
    r"\b(?:cancel|withdraw|revoke|undo|stop|take back|call off)\b"
    r"(?: (?:my|the|that|this|a|an|request|for|of|open|\w*\d\w*))*"
    r" (?:return|exchange|repair|refund|warranty claim|rma|case|claim)s?\b"
    r"|\b(?:don.?t|do not|no longer) (?:want|need|wish) (?:to )?"
    r"(?:the |a |an |my )?(?:return|exchange|repair)"
    r"(?: (?:it|this|that|them))?(?: any ?more| now| after all)?\W*$"
    rf"|(?:取消|撤销|撤回|撤)(?:(?!订单)[^，,。!！?？并再和]){{0,14}}?{_AFTER}"
    rf"|{_AFTER}(?:申请|单|请求)?(?:帮我|给我|请|麻烦|我|想|要|先|可以|能不能|把它)*"
    r"(?:取消|撤销|撤回|撤掉|撤了|撤)(?!订单|的|[了过]?[吗没])"
    r"|不(?:想|要|用)?(?:退|换|修)(?:货|款)?(?:了|啦)",
    re.IGNORECASE,
)
# "Sorry, I meant …": what was named before was the wrong one.
_MISNAMED = re.compile(
    r"\b(?:my mistake|my bad|i meant?|typo|mix(?:ed)? up|oops|whoops)\b"
    r"|\bwrong (?:number|order|one)\b|\bno,? wait\b"
    r"|[说写打输搞弄发]错|号码?错|单号错|(?:应该|其实)是|不对",
    re.IGNORECASE,
)
# In the order in which they are looked for.
_VERBS = (
    ("cancel_order", r"取消|撤单|\bcancel"),
    ("refund_status", r"退款|到账|\brefund|money back"),
    ("return_order", r"退|\breturn|send (?:it |them )?back"),
    ("exchange_order", r"换货|\bexchange|\bswap"),
    ("repair_order", r"维修|保修|\brepair|\bwarranty"),
    (
        "order_status",
        r"查|看看|到哪|哪了|物流|快递|发货|\bwhere|\btrack|\bstatus|\bcheck|\barriv",
    ),
)
_COMPILED = tuple((name, re.compile(verb, re.IGNORECASE)) for name, verb in _VERBS)


def withdraws(text: str) -> bool:
    """Whether a return, an exchange, a repair or a refund is not wanted any more."""
    return bool(_TAKEN_BACK.search(text))


def misnamed(text: str) -> bool:
    """Whether the words take back what was named before."""
    return bool(_MISNAMED.search(text))


def skill(clause: str) -> str:
    """The skill that a clause asks for, or "" where no verb tells it."""
    if withdraws(clause):
        return "withdraw_case"
    return next((name for name, verb in _COMPILED if verb.search(clause)), "")
