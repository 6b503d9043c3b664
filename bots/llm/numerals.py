"""One way of writing for numbers, dates and times: 七天 and seven days become 7."""

import re
import unicodedata
from decimal import Decimal

TIME_UNITS = {
    "workday": r"个?工作日|(?:business|working|work)[ -]days?\b",
    "day": r"个?自然日|天|日|(?:(?:calendar|natural) )?days?\b",
    "hour": r"个?(?:小时|钟头)|(?:hours?|hrs?|h)\b",
    "minute": r"分钟|(?:minutes?|mins?)\b",
    "second": r"秒|(?:seconds?|secs?)\b",
    "week": r"个?(?:周|星期|礼拜)(?![一二三四五六日天末])|weeks?\b",
    "month": r"个月|months?\b",
    "year": r"年|years?\b",
}
UNITS = TIME_UNITS | {
    "percent": r"%|(?:percent|per cent)\b",
    "hkd": r"港[币元]|hkd\b",
    "usd": r"美[元金]|(?:us )?dollars?\b|usd\b",
    "eur": r"欧元|(?:euros?|eur)\b",
    "gbp": r"英镑|(?:pounds?|gbp)\b",
    "cny": r"元|块钱?|人民币|(?:yuan|rmb|cny)\b",
    "off": r"折",
    "fold": r"倍",
    "times": r"次|times?\b",
    "kg": r"公斤|kgs?\b|kilos?\b|kilograms?\b",
    "g": r"克|(?:g|grams?)\b",
    "cm": r"厘米|cm\b",
    "mm": r"毫米|mm\b",
    "ml": r"毫升|ml\b",
    "point": r"积分|points?\b",
}
_CLASSIFIERS = r"[个件种家位款项步份笔单张条台只双套箱盒瓶名]"
_ANY_UNIT = "|".join(UNITS.values())
_ANY_TIME = "|".join(TIME_UNITS.values())

_DIGITS = {char: at for at, char in enumerate("零一二三四五六七八九")}
_DIGITS |= {char: at + 1 for at, char in enumerate("壹贰叁肆伍陆柒捌玖")}
_DIGITS |= {"〇": 0, "两": 2}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SCALES = {"百": 100, "千": 1000, "万": 10000}
_CHINESE = f"[{''.join(_DIGITS)}{''.join(_TENS)}万]"
_SCALED = re.compile(r"(\d{1,20}(?:\.\d{1,9})?)([百千万])")
_PERCENT = re.compile(rf"百分之({_CHINESE}{{1,12}}|\d+(?:\.\d+)?)")
# A Chinese numeral is one only before what can be counted: 一般 and 十分 are words.
_COUNTED = re.compile(
    rf"{_CHINESE}{{1,12}}(?="
    rf"个半|{_ANY_UNIT}|{_CLASSIFIERS}"
    rf"|月\s?[\d{''.join(_DIGITS)}十]"
    rf"|点(?:半|钟|[前后至到-])"
    rf"|[至到-]{_CHINESE}{{1,12}}(?:{_ANY_UNIT}))"
    rf"|(?<=[早上中下]午|早上|晚上|凌晨){_CHINESE}{{1,12}}(?=点)"
)

_TEENS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen
"""
_TIES = """
ten twenty thirty forty fifty sixty seventy eighty ninety
"""
_WORDS = {word: at for at, word in enumerate(_TEENS.split())}
_WORDS |= {word: 10 * at for at, word in enumerate(_TIES.split(), start=1)}
_word = "|".join(sorted(_WORDS, key=len, reverse=True))
_ENGLISH = re.compile(
    rf"\b(?:an?(?=\s(?:hundred|thousand))|{_word})"
    rf"(?:[\s-](?:{_word}|(?:hundred|thousand)(?:\sand(?=\s(?:{_word})\b))?)\b)*\b"
)
_ALONE = rf"\bone\b(?!\s?-?\s?(?:{_ANY_UNIT}|and a half))"

_CALENDAR = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = _CALENDAR.split()
_month = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DATES = [
    re.compile(pattern)
    for pattern in (
        r"\b(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})\b",
        r"(?:(?P<y>\d{4})\s?年\s?)?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?[日号]",
        rf"\b{_month}\s(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<y>\d{{4}})\b)?",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of )?{_month}(?:,?\s(?P<y>\d{{4}})\b)?",
    )
]
_CLOCKS = [
    re.compile(pattern)
    for pattern in (
        r"(?<![\d:])(?P<h>\d{1,2})(?::(?P<m>\d{2}))?\s?(?P<half>[ap])\.?m\b\.?",
        (
            r"(?P<half>凌晨|早上|上午|中午|下午|晚上)?(?<![\d:.≈])(?P<h>\d{1,2})"
            r"(?:点(?P<m>半|\d{1,2}分?)?钟?|:(?P<m2>\d{2})(?![\d:]))"
        ),
    )
]
_DASHES = re.compile("[‐‑‒–—―−~～〜]")


def normal(text: str) -> str:
    """The same words in one width, with one dash and one apostrophe."""
    # A wide comma never groups digits: "满99，8元" holds two numbers.
    text = unicodedata.normalize("NFKC", text.replace("，", ", "))
    text = text.replace("’", "'").replace("千克", "公斤")
    return _DASHES.sub("-", text)


def canonical(text: str) -> str:
    """A `normal` text with each number in digits and each date and time marked."""
    text = _from_chinese(_from_english(text.casefold()))
    text = re.sub(r"\bbetween (\W?\d+) and (?=\W?\d)", r"\1-", text)
    for pattern in _DATES:
        text = pattern.sub(_date, text)
    for pattern in _CLOCKS:
        text = pattern.sub(_clock, text)
    return text


def _from_english(text: str) -> str:
    text = re.sub(_ALONE, "o-n-e", text)
    text = _ENGLISH.sub(lambda match: str(_english(match.group())), text)
    text = text.replace("o-n-e", "one")
    text = re.sub(r"\b(\d+) and a half\b", r"\1.5", text)
    text = re.sub(rf"\bhalf (?:an? )?(?={_ANY_TIME})", "0.5 ", text)
    return re.sub(rf"\ban?[ -](?={_ANY_TIME})", "1 ", text)


def _english(words: str) -> int:
    total = part = 0
    for word in re.split(r"[\s-]+", words):
        if word == "thousand":
            total, part = total + part * 1000, 0
        elif word == "hundred":
            part *= 100
        else:
            part += _WORDS.get(word, 1 if word in {"a", "an"} else 0)
    return total + part


def _from_chinese(text: str) -> str:
    text = _SCALED.sub(_scaled, text)
    # "满100减20" and "满99包邮" are said of money, which goes without saying.
    text = re.sub(r"满(\d+)减(\d+)", r"满¥\1减¥\2", text)
    text = re.sub(r"满(\d+)(?=[就可]?[包免])", r"满¥\1", text)
    text = _PERCENT.sub(lambda match: f"{_chinese(match[1])}%", text)
    text = _COUNTED.sub(_in_digits, text)
    text = re.sub(r"(\d+)个半个?", r"\1.5", text)
    return re.sub(rf"半个?(?={_ANY_TIME}|月|年)", "0.5", text)


def _scaled(match: re.Match[str]) -> str:
    return f"{Decimal(match[1]) * _SCALES[match[2]]:f}"


def _in_digits(match: re.Match[str]) -> str:
    after = match.string[match.end() : match.end() + 2]
    # "一个", "一种" are "a", not a count.
    if match.group() == "一" and re.match(rf"(?!个半){_CLASSIFIERS}", after):
        return "一"
    return _chinese(match.group())


def _chinese(numeral: str) -> str:
    if numeral[0].isdecimal():
        return numeral
    if not set(numeral) - set(_DIGITS):
        digits = [_DIGITS[char] for char in numeral]
        # "两三天" is two to three.
        between = "-" if len(digits) == 2 and digits[1] == digits[0] + 1 else ""
        return between.join(map(str, digits))
    total = part = digit = 0
    for char in numeral:
        if char == "万":
            total, part, digit = total + (part + digit or 1) * 10000, 0, 0
        elif char in _TENS:
            part, digit = part + (digit or 1) * _TENS[char], 0
        else:
            digit = _DIGITS[char]
    return str(total + part + digit)


def _date(match: re.Match[str]) -> str:
    found = match.groupdict()
    month = found.get("m") or str(_MONTHS.index(found["month"][:3]) + 1)
    parts = [found["y"] or "", month.zfill(2), found["d"].zfill(2)]
    return "≡" + "-".join(part for part in parts if part)


def _clock(match: re.Match[str]) -> str:
    found = match.groupdict()
    minute = (found["m"] or found.get("m2") or "0").replace("半", "30").rstrip("分")
    hour = int(found["h"])
    if found["half"] in {"p", "下午", "晚上"} and hour < 12:
        hour += 12
    if found["half"] in {"a", "凌晨"} and hour == 12:
        hour = 0
    return f"≈{hour}:{minute.zfill(2)}"
