"""Postal addresses, by their shape."""

import re

from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots.found import Found

_HAN_MARK = r"(?:省|市|自治区|区|县|镇|乡|村|路|街道|大街|街|大道|道|巷|弄|胡同|小区|花园|苑|大厦|广场|公寓|号楼|号院|号|栋|幢|座|室|单元|楼|层|里)"
_HAN_ADDRESS = re.compile(
    rf"[\u4e00-\u9fff]{{1,10}}?{_HAN_MARK}[\u4e00-\u9fffa-z0-9\-－#（）()·]*"
    rf"(?:[ ,，]?(?:[\u4e00-\u9fff]{{1,10}}?{_HAN_MARK}|\d+{_HAN_MARK}|"
    rf"[a-z]?\d[\d-]*)[\u4e00-\u9fffa-z0-9\-#（）()]*)*"
)
_HAN_LEAD = re.compile(
    r"(?:(?:收货|收件|默认|新|配送|寄送)?地址(?:也|都|麻烦|请|帮我)*(?:改|换|更新|变更|修改)?(?:成|为|到|是|[:：])?"
    r"|(?:改|换|送|寄|发|邮|配送|快递)(?:成|到|去|往|为|至|给)|寄|在|搬到了?|住)\s*[:：]?\s*"
)
_HAN_TAIL = re.compile(
    r"(?:可以吗|行吗|可不可以|行不行|谢谢|好吗|麻烦|吧|吗|的|了|呢|,|，| )+$"
)
_STREET = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|close|boulevard|blvd|"
    r"place|pl|square|sq|"
    r"terrace|crescent|way|grove|gardens|parkway|pkwy|highway|hwy|row|mews|hill|"
    r"circle|trail|marg|nagar|loop)"
)
_ENGLISH = re.compile(
    rf"(?:(?:flat|apt\.?|apartment|unit|suite|room|house|floor)\s*#?\w{{1,6}},?\s+)?"
    rf"\d{{1,6}}[a-z]?,?\s+(?:[a-z][\w'.-]*\s+){{1,5}}?{_STREET}\b\.?"
    rf"(?:,?\s*(?:flat|apt\.?|apartment|unit|suite|room|floor|#)\s*\w{{1,6}})?"
    rf"(?:,\s*[a-z0-9][\w' .-]{{0,40}}?(?=,|$|[.!?;\n]|\s+(?:please|pls|instead|and|"
    rf"thanks|thx|not|for|on|asap|if|or|but|can|could|is)\b)){{0,5}}"
)
_BOX = re.compile(r"p\.?\s?o\.? box \d+(?:,\s*[a-z0-9][\w' .-]{0,40}){0,4}")
_MOST = 160


# Without a word before it: a town or district, then a street, then a number.
_HAN_FULL = re.compile(
    r"(?:[\u4e00-\u9fff]{2,7}?(?:省|市|自治区))?[\u4e00-\u9fff]{1,7}?(?:市|区|县)[\u4e00-\u9fff]{1,12}?"
    r"(?:路|街|大道|巷|弄|镇|乡|村)[\u4e00-\u9fffa-z\-#（）()]{0,20}\d[\u4e00-\u9fffa-z0-9\-#（）()]{0,60}"
)


def find(said: Said, expecting: str = "") -> Found[str] | None:
    if expecting == "address" and len(said.text) >= 5 and _shaped(said.folded):
        return _whole(said)
    for known in (_ENGLISH, _BOX):
        match = known.search(said.folded)
        if match:
            return _cut(said, match.start(), match.end())
    return _han(said)


def _shaped(text: str) -> bool:
    han = len(re.findall(_HAN_MARK, text)) >= 2
    return han or bool(re.search(r"\d", text) and len(text.split()) >= 3)


def _whole(said: Said) -> Found[str]:
    lead = _HAN_LEAD.match(said.folded) or re.match(
        r"(?:it's|its|it is|my address is|the address is|address is|to|"
        r"ship (?:it )?to|address)[:\s]+",
        said.folded,
    )
    return _cut(said, lead.end() if lead else 0, len(said.text))


def _han(said: Said) -> Found[str] | None:
    for lead in _HAN_LEAD.finditer(said.folded):
        match = _HAN_ADDRESS.match(said.folded, lead.end())
        if match and _is_place(match[0]):
            return _cut(said, match.start(), match.end())
    full = _HAN_FULL.search(said.folded)
    return _cut(said, full.start(), full.end()) if full else None


def _is_place(text: str) -> bool:
    """Tell whether there are at least two marks, and not only storeys and rooms."""
    marks = re.findall(_HAN_MARK, text)
    return len(marks) >= 2 and bool(re.search(r"[\d省市区县镇乡村路街巷弄]", text))


def _cut(said: Said, start: int, end: int) -> Found[str]:
    end = min(end, start + _MOST)
    tail = _HAN_TAIL.search(said.folded[start:end])
    end = start + tail.start() if tail else end
    return Found(value=said.span(start, end).rstrip(" ,.，。"), start=start, end=end)
