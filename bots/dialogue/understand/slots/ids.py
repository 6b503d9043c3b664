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
_LETTERED = re.compile(r"(?<![a-z0-9])(so|po|od)[\s#._-]{1,3}(\d{5,8})(?![a-z0-9])")
_HASHED = re.compile(r"#\s?([a-z]{0,4}\d{3,20})(?![a-z0-9])")
_BARE = re.compile(r"(?<![a-z0-9])#?([a-z]{0,4}-?\d{4,20})(?![a-z0-9])")

# What else has a number of its own.
_OTHERS = re.compile(
    r"(?:\binv|\binvoice|\btxn|\btransaction|\bticket|\bcase|\bcard|\baccount|\bvoucher|\bcoupon|\bcode|\butr|\bmodel|"
    r"发票号?码?|流水号?|交易号?|卡号?|工单号?|券码?|型号)(?: (?:number|no\.?|id|ending))?\W{0,3}(?:is|是|为)?\W{0,2}$"
)
_PROOF_DIGITS = 4
_BETWEEN = r"[\s#._/–—-]*"
_ALIKE = {"o": "[o0]", "0": "[0o]", "i": "[i1]", "l": "[l1]"}


def _numbers(text: str) -> list[str]:
    try:
        return find_numbers(text)
    except DatabaseError:
        # No orders to learn the shop's own shape from.
        return find_numbers(text, [])


def _is_ours(number: str) -> bool:
    """Tell whether a number has the shape of the shop's own orders."""
    try:
        shapes = order_shapes()
    except DatabaseError:
        return False
    return any(shape.spoken.fullmatch(number.upper()) for shape in shapes)


def _is_lettered(word: str) -> bool:
    """Tell whether this is one of the shop's numbers, and not digits like any."""
    return any(map(str.isalpha, word)) and _is_ours(word)


def tracking_number(said: Said, expecting: str = "") -> Found[str] | None:
    found = _CARRIER.search(said.folded)
    if found:
        return spot(said, found)
    labelled = _LABELLED.search(said.folded)
    if labelled and not _is_lettered(labelled[1]):
        return spot(said, labelled, 1)
    bare = _BARE.search(said.folded) if expecting == "tracking_number" else None
    return spot(said, bare, 1) if bare else None


def order_id(said: Said, expecting: str = "") -> Found[str] | None:
    """Return the first order number in the shop's own spelling.

    Where a phone number is asked for, digits alone are one of its own, unless the
    shop's numbers look like that.
    """
    if not any(map(str.isdigit, said.folded)):
        return None
    if apart := _apart(said):
        return apart
    text = _unlabelled(said)
    wants_phone = expecting in ("identity", "phone")
    for number in _numbers(text):
        item = _located(said, number)
        if _OTHERS.search(said.folded[max(0, item.start - 30) : item.start]):
            continue
        if not wants_phone or _is_written(said, item, expecting):
            return item
    if wants_phone:
        return None
    if called := _called(said):
        return called
    bare = _BARE.search(said.folded) if expecting == "order_id" else None
    return spot(said, bare, 1) if bare and not _is_short(bare[1]) else None


def _apart(said: Said) -> Found[str] | None:
    """Return a number whose letters were typed apart: "so 100192"."""
    found = _LETTERED.search(said.folded)
    if not found:
        return None
    value = (found[1] + found[2]).upper()
    return Found(value=value, start=found.start(), end=found.end())


def _called(said: Said) -> Found[str] | None:
    """Return what is called an order number, whatever it looks like."""
    for known in (_ORDER_WORD, _HASHED):
        found = known.search(said.folded)
        if found:
            item = spot(said, found, 1)
            return Found(value=item.value.upper(), start=item.start, end=item.end)
    return None


def _unlabelled(said: Said) -> str:
    """Return the text to look in; what was found before is blanked in it."""
    return said.text.replace("\x1f", "\n")


def _is_written(said: Said, item: Found[str], expecting: str) -> bool:
    """Tell whether a number has letters, or is one of the shop's where four digits
    were asked for.
    """
    span = said.folded[item.start : item.end]
    if any(char.isalpha() for char in span):
        return True
    return expecting == "identity" and _is_ours(item.value)


def _is_short(word: str) -> bool:
    """Tell whether four digits are more likely the last ones of a phone number."""
    return len(word) == _PROOF_DIGITS and word.isdigit() and not _is_ours(word)


def _located(said: Said, number: str) -> Found[str]:
    """Return where `number` stands, however it was spaced, prefixed or misspelt."""
    signs = [c for c in number.lower() if c.isalnum()]
    digits = [c for c in signs if c.isdigit()]
    for wanted in (signs, digits):
        spaced = _BETWEEN.join(_ALIKE.get(c, re.escape(c)) for c in wanted)
        found = re.search(r"#?\s?" + spaced, said.folded)
        if found:
            return Found(value=number, start=found.start(), end=found.end())
    return Found(value=number, start=0, end=0)
