"""Prices that bound what is looked for, and ways to pay."""

import re

from bots.dialogue.understand.normalise import (
    NUMERAL,
    UNITS,
    WORDS,
    Said,
    counted,
    number,
)
from bots.dialogue.understand.slots.found import Found

Amount = int | float

_SIGN = r"(?:[$£€¥₹]|rs\.? ?|usd ?|rmb ?|cny ?|us\$)?\s?"
_COIN = (
    r"(?:\s?(?:块钱|块|元|圆|rmb|cny|yuan|usd|dollars?|bucks|quid|pounds?|euros?|eur|gbp|"
    r"rupees|rs|[$£€¥])"
    r"(?![a-z]))?"
)
# "三百五", "一百二十三块五", "12块5".
_TENTH = r"(?:[块元][一二三四五六七八九1-9](?![\d百千万个件条双]))?"
_ENGLISH = (
    rf"(?:(?:a|{WORDS}|\d{{1,2}}) (?:hundred|thousand)(?: (?:and )?{WORDS}(?:[ -]{UNITS})?)?"
    rf"|{WORDS}(?:[ -]{UNITS})?)(?![\w-])"
)
_NUMBER = (
    rf"(?<![\d.])((?:\d{{1,3}}[k千万][1-9](?!\d)|\d{{1,9}}(?:,\d{{3}}){{0,2}}(?:\.\d{{1,2}})?[kw千百万]?{_TENTH}|"
    rf"(?<![a-z]){_ENGLISH}|{NUMERAL}{{1,9}}{_TENTH}))"
)
_THOUSANDS = {"k": 1000, "百": 100, "千": 1000, "万": 10000, "w": 10000}
_AMOUNT = rf"{_SIGN}{_NUMBER}{_COIN}"
# What follows a number that is no price.
_NOT_MONEY = (
    r"(?!\s?(?:%|percent|days?|weeks?|months?|hours?|hrs?|mins?|minutes|years?|kg|"
    r"g\b|lbs?|cm|mm|"
    r"inch|inches|s\b|km|m\b|l\b|ml|litres?|liters?|watts?|w\b|gb|tb|mah|people|pcs|"
    r"pieces|items|stars?|"
    r"天|日|周|月|年|小时|分钟|公斤|斤|克|厘米|米|寸|升|瓦|个|件|双|条|台|人|岁|码|号|点|分|次|星|折|"
    r"毫升|度|楼|g|t)|[\d.])"
)
_TO = r"\s?(?:-|–|—|~|～|到|至|to|and)\s?"
_RANGE = re.compile(rf"(?:between |from |在)?{_AMOUNT}{_TO}{_AMOUNT}{_NOT_MONEY}")
_RANGE_SIGNS = re.compile(
    r"between |[$£€¥₹块元]|rmb|dollar|quid|pound|bucks|之间|price|价|预算|budget"
)
_MAX = re.compile(
    r"(?:(?<!not )(?<!no )(?:under|below|less than|lower than)|cheaper than|"
    r"no more than|not more than|not over|not above|at most|up to|max(?:imum)?(?: of)?|within|"
    r"budget (?:is |of |about |around )*|不超过?|不高于|不大于|别超过|(?<!不)低于|(?<!不)少于|不到|预算(?:是|在|大概|大约|只有|就)?|最多|"
    r"最高|(?<!不)小于|控制在)"
    rf"\s?{_AMOUNT}{_NOT_MONEY}"
    rf"|{_AMOUNT}(?:的)?\s?(?:以内|以下|之内|内(?!存)|封顶|or less|or under|or below|max\b|"
    rf"maximum|tops|budget|预算|at most)"
)
_MIN = re.compile(
    r"(?:(?<!not )(?<!no )(?:over|above|more than)|at least|not under|not below|starting (?:from|at)|min(?:imum)?(?: of)?|"
    r"upwards of|not less than|"
    r"不低于|不少于|不小于|(?<![不别])(?:高于|超过|大于)|至少|最低|最少)"
    rf"\s?{_AMOUNT}{_NOT_MONEY}"
    rf"|{_AMOUNT}(?:的)?\s?(?:以上|起步|往上|or more|and up|and above|or above|plus\b)"
)
_ABOUT = re.compile(
    rf"(?:around|about|roughly|approximately|circa|大概|大约|差不多)\s?{_AMOUNT}{_NOT_MONEY}"
    rf"|{_AMOUNT}\s?(?:左右|上下|or so|ish\b)"
)
_DESCRIBES = re.compile(r"\s?(?:的|之间|左右|$)")
_NO_SIZE = 60
_BAND = 0.2
# Without a currency, smaller numbers are sizes or counts.
_SMALLEST = 10

_METHODS = (
    ("gift_card", r"gift ?cards?|store credit|礼品卡|储值卡|购物卡"),
    ("cash_on_delivery", r"cash on delivery|\bcod\b|pay on delivery|货到付款"),
    ("paypal", r"pay ?pal|贝宝"),
    ("alipay", r"ali ?pay|支付宝|zhifubao"),
    ("wechat_pay", r"we ?chat(?: pay)?|微信支付|微信|weixin"),
    (
        "bank_transfer",
        r"bank transfer|wire transfer|\bwire\b|银行转账|对公转账|转账|对公",
    ),
    (
        "credit_card",
        r"credit cards?|debit cards?|\bvisa\b|master ?card|amex|信用卡|银行卡|刷卡",
    ),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _METHODS)


# A gift card may be what is bought.
_SOLD = re.compile(
    r"(?:buy|purchas\w+|order(?:ing)?|sell|want|get|send|e-?)\b.{0,12}gift ?cards?|[买送卖订].{0,4}(?:礼品卡|购物卡|储值卡)"
)


def payment_method(said: Said) -> Found[str] | None:
    """Return the method named last: a change names the old one first."""
    if _SOLD.search(said.folded):
        return None
    hits = [
        Found(value=name, start=match.start(), end=match.end())
        for name, known in _COMPILED
        for match in known.finditer(said.folded)
    ]
    return max(hits, key=lambda hit: hit.start, default=None)


def prices(said: Said) -> list[Found[dict[str, Amount]]]:
    """Return the bounds that are named: price_min, price_max or both."""
    text = said.folded
    band = _range(text) or _rough(text)
    if band:
        return [band]
    found = [_bound(text, _MAX, "price_max"), _bound(text, _MIN, "price_min")]
    hits = [hit for hit in found if hit]
    return hits or [hit for hit in [_around(text)] if hit]


def _range(text: str) -> Found[dict[str, Amount]] | None:
    for match in _RANGE.finditer(text):
        low, high = (_amount(group) for group in match.groups())
        if low is None or high is None or low >= high:
            continue
        worded = re.search(NUMERAL, match[0]) and low >= 20
        # "100到200的背包"; smaller ones are sizes.
        told = low >= _NO_SIZE and _DESCRIBES.match(text, match.end())
        if _RANGE_SIGNS.search(match[0]) or worded or told or _RANGE_SIGNS.search(text):
            bounds = {"price_min": low, "price_max": high}
            return Found(value=bounds, start=match.start(), end=match.end())
    return None


# "两三百", "七八十": a few hundred, said as two numbers that follow one another.
_ROUGH = re.compile(
    r"(?<![零一二两三四五六七八九十百千\d])([一二两三四五六七八])([二三四五六七八九])([十百千万])(?:多|来)?(?:块钱?|元|左右|上下|的|以内|$|[\s,，。])"
)


def _rough(text: str) -> Found[dict[str, Amount]] | None:
    match = _ROUGH.search(text)
    if not match:
        return None
    low, high = (number(match[at] + match[3]) or 0 for at in (1, 2))
    if low >= high:
        return None
    bounds: dict[str, Amount] = {"price_min": low, "price_max": high}
    return Found(value=bounds, start=match.start(), end=match.end())


def _bound(
    text: str, known: re.Pattern[str], slot: str
) -> Found[dict[str, Amount]] | None:
    for match in known.finditer(text):
        value = _first(match)
        if value is not None and _is_money(match, value):
            return Found(value={slot: value}, start=match.start(), end=match.end())
    return None


def _around(text: str) -> Found[dict[str, Amount]] | None:
    for match in _ABOUT.finditer(text):
        value = _first(match)
        if value is not None and _is_money(match, value) and value >= _SMALLEST:
            low, high = _tidy(value * (1 - _BAND)), _tidy(value * (1 + _BAND))
            bounds = {"price_min": low, "price_max": high}
            return Found(value=bounds, start=match.start(), end=match.end())
    return None


def _first(match: re.Match[str]) -> Amount | None:
    return next((_amount(group) for group in match.groups() if group), None)


def _is_money(match: re.Match[str], value: Amount) -> bool:
    return value >= _SMALLEST or bool(_RANGE_SIGNS.search(match[0]))


def _amount(word: str) -> Amount | None:
    whole, _, tenth = word.replace("元", "块").partition("块")
    if tenth:
        value = _amount(whole)
        return None if value is None else _tidy(value + (number(tenth) or 0) / 10)
    if word[0].isascii() and re.search(r"[a-z]{3}|^a ", word):
        return counted(word)
    if not word[0].isdigit():
        return number(word)
    if re.fullmatch(r"\d{1,3}[k千万]\d", word):
        # "1k5" is 1500.
        return int(word[:-2]) * _THOUSANDS[word[-2]] + int(word[-1]) * (
            _THOUSANDS[word[-2]] // 10
        )
    times = _THOUSANDS.get(word[-1], 1)
    digits = word.rstrip("kw百千万").replace(",", "")[:12]
    return _tidy(float(digits) * times)


def _tidy(value: float) -> Amount:
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded
