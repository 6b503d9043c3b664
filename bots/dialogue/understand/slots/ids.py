"""Order numbers and carriers' tracking numbers."""

import re

from django.db import DatabaseError

from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots.found import Found, spot
from orders.numbers import find_numbers, order_shapes

_CARRIER = re.compile(
    r"(?<![a-z0-9])(?:sf\d{6,15}|1z[0-9a-z]{16}|yt\d{8,16}|jd[a-z]{0,4}\d{8,16}|"
    r"jt\d{8,16}|"
    r"zto\d{8,16}|sto\d{8,16}|yd\d{10,16}|dpk\d{8,16}|lp\d{12,16}|ems\d{8,16}|"
    r"[a-z]{2}\d{9}[a-z]{2})(?![a-z0-9])"
)
_LABELLED = re.compile(
    r"(?:tracking(?: (?:number|no\.?|id|code|num))?|waybill(?: (?:number|no\.?))?|"
    r"awb|consignment(?: number)?|"
    r"运单号?码?|快递单?号?|物流单?号|(?<!订)单号|"
    r"顺丰|中通|圆通|韵达|申通|极兔|京东快递|fedex|ups|dhl|usps|royal mail|bluedart|delhivery)"
    r"\s*(?:is|was|it's|says|是|为|[:：#])*\s*([a-z]{0,4}\d[a-z0-9-]{6,24})(?![a-z0-9])"
)
_ORDER_WORD = re.compile(
    r"(?:\border|订单|单子|单号|那单|这单|\bpurchase|\bdingdan)(?: ?(?:number|numbr|nr|no\.?|"
    r"num|id|ref|号码|编号|号))?"
    r"\s*(?:(?:is|was|it's|是|为|叫)\s*)?[:：#]?\s*#?\s*([a-z]{0,4}-?\d{4,20})(?![a-z0-9])"
)
_HASHED = re.compile(r"#\s?([a-z]{0,4}\d{3,20})(?![a-z0-9])")
_BARE = re.compile(r"(?<![a-z0-9])#?([a-z]{0,4}-?\d{4,20})(?![a-z0-9])")


def _numbers(text: str) -> list[str]:
    try:
        return find_numbers(text)
    except DatabaseError:
        # No orders to learn the shop's own shape from.
        return find_numbers(text, [])


def _is_ours(number: str) -> bool:
    """Tell whether a number has letters and the shape of the shop's own orders."""
    try:
        shapes = order_shapes()
    except DatabaseError:
        return False
    return any(s.has_letters and s.spoken.fullmatch(number.upper()) for s in shapes)


def tracking_number(said: Said, expecting: str = "") -> Found[str] | None:
    found = _CARRIER.search(said.folded)
    if found:
        return spot(said, found)
    labelled = _LABELLED.search(said.folded)
    if labelled and not _is_ours(said.span(*labelled.span(1))):
        return spot(said, labelled, 1)
    bare = _BARE.search(said.folded) if expecting == "tracking_number" else None
    return spot(said, bare, 1) if bare else None


def order_id(said: Said, expecting: str = "") -> Found[str] | None:
    """Return the first order number in the shop's own spelling."""
    for number in _numbers(said.text):
        return _located(said, number)
    for known in (_ORDER_WORD, _HASHED):
        found = known.search(said.folded)
        if found:
            item = spot(said, found, 1)
            return Found(value=item.value.upper(), start=item.start, end=item.end)
    bare = _BARE.search(said.folded) if expecting == "order_id" else None
    return spot(said, bare, 1) if bare else None


def _located(said: Said, number: str) -> Found[str]:
    """Return where `number` stands, however it was spaced or prefixed."""
    spaced = r"[\s#-]*".join(re.escape(c) for c in number.lower() if c.isalnum())
    found = re.search(r"#?\s?" + spaced, said.folded)
    start, end = found.span() if found else (0, 0)
    return Found(value=number, start=start, end=end)
