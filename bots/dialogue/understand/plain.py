"""Messages with few plain words: links, mark-up, addresses and numbers."""

import re

from bots.dialogue.understand.labels import NOTHING, OUT_OF_SCOPE, Wish
from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots.found import Found, without

_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[a-z0-9-]+\.(?:com|net|org|cn|ru|xyz|top|io)(?:/\S*)?"
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
# Calls, tags and braces: somebody tries what the page does with them.
_CODE = re.compile(
    r"\b\w+\([^()]{0,80}\);?|<[^<>]{0,300}>?|[{\[$][{%][^{}]{0,80}[}%]\}?"
)
_GUESS = 0.4
_LOOKED_UP = 0.7
_OFFERS = re.compile(
    r"subscri|newsletter|mailing|sign (?:me|us)|opt[ -]?(?:in|out)|offers|deals|promo|"
    r"discount|alerts|notif|let me know|tell me|keep me|add me|send me|remove|stop|spam|"
    r"订|通知|提醒|推送|短信|邮件|广告|消息|优惠|促销|推广|活动|降价|告诉我|名单|骚扰"
)
# What stands around an order number that is only given, not spoken of.
_AROUND = re.compile(
    r"(?:我想|想|我要|能不能|能|可以|可不可以|吗|for me|can you|could you|would you|i'd like to|i would like to|"
    r"i want to|find|look into|look at|帮我|请|麻烦|我的|我|给|查询|查一下|查下|查查|查|看一下|看看|看下|看|订单号|订单|单号|编号|号码|号|是|的|这个|这单|一下|"
    r"谢谢|您好|你好|手机|电话|后[四4]位|末[四4]位|尾号|尾数|数字|邮箱|和|check|look up|look|track|please|pls|plz|my|the|for|order|number|numbr|no|id|is|"
    r"its|it's|it|this|here|thanks|hi|hello|phone|mobile|last|four|digits|ends|ending|in|with|e-?mail|and|\W)*+"
)
_NUMBER = re.compile(
    r"(?<![a-z0-9])(?:#?[a-z]{1,4}-?\d{5,20}|#?\d{3,}(?:-\d{3,})+|#\d{3,20}|\d{6,20})(?![a-z0-9-])"
)
# Who somebody is, told beside a wish.
_TELLS = re.compile(
    r"(?:(?:我的|预留的?|下单的?)*(?:邮箱|邮件|电子邮箱)(?:地址)?\s*(?:是|为|[:：])?\s*"
    r"|(?:(?:my|the|with) )?(?:e-?mail|mail)(?: address)?(?: on (?:it|the order))?"
    r"(?: is|'s| was)?\s*[:,]?\s*|(?:(?:under|with|on) )?)"
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:我的|预留的?|下单的?)*(?:手机|电话)?(?:号码|号)?的?(?:尾号|尾数|[后末][四4]位)(?:数字)?(?:是|为|[:：])?\s*"
    r"\d{4}(?!\d)"
    r"|(?:(?:my|the) )?(?:phone|mobile|number)(?: number)? (?:ends|ending)(?: in| with)? "
    r"\d{4}(?!\d)"
    r"|(?:(?:my|the) )?last (?:four|4)(?: digits)?(?: of (?:my|the) (?:phone|mobile|number)"
    r"(?: number)?)?(?: are| is)?\s*:?\s*\d{4}(?!\d)"
)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_DATE = re.compile(r"20\d\d-?\d\d?-\d\d?(?!\d)")
_PROOF = re.compile(r"(?<!\d)\d{4}(?!\d)")


def words(folded: str) -> str:
    """Return the text without links, addresses and code."""
    for known in (_MAIL, _LINK, _CODE):
        folded = known.sub(" ", folded)
    return folded


def untold(said: Said) -> Said:
    """Return `said` without what only tells who speaks: what is wished for is left."""
    told = [
        Found(value="", start=found.start(), end=found.end())
        for found in _TELLS.finditer(said.folded)
    ]
    return without(said, told) if told else said


def numbered(folded: str) -> bool:
    """Tell whether an order number is given."""
    left = _MOBILE.sub(" ", _DATE.sub(" ", words(folded)))
    return bool(_NUMBER.search(left))


def bare(folded: str) -> list[Wish]:
    """Return the intent of a message that is no more than data; [] where it says more."""
    left = words(folded)
    if found := _looked_up(left):
        return found
    if left == folded or not _AROUND.fullmatch(_NUMBER.sub(" ", left)):
        return []
    return [NOTHING] if _MAIL.search(folded) else [(OUT_OF_SCOPE, _GUESS)]


def _looked_up(left: str) -> list[Wish]:
    """Return order_status where an order number is given and nothing asked of it."""
    number = _NUMBER.search(_MOBILE.sub(" ", _DATE.sub(" ", left)))
    if not number:
        return []
    around = _PROOF.sub(" ", left.replace(number[0], " ", 1))
    return [("order_status", _LOOKED_UP)] if _AROUND.fullmatch(around) else []


def opted(folded: str, wish: Wish) -> Wish:
    """Return no wish where an opt-in or opt-out is not said in plain words."""
    if wish[0] not in {"promotion_subscribe", "promotion_unsubscribe"}:
        return wish
    left = words(folded)
    return wish if left == folded or _OFFERS.search(left) else NOTHING
