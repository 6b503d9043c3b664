"""An address as it is said, taken apart into what a carrier needs."""

import re
from collections.abc import Mapping

_REGION = r"(?P<region>[\u4e00-\u9fff]{2,7}?(?:省|自治区))?"
_CITIES = "北京|上海|天津|重庆"
_CITY = rf"(?P<city>(?:{_CITIES})市?|[\u4e00-\u9fff]{{2,7}}?(?:市|自治州|盟))?"
_HAN = re.compile(rf"\s*(?:中国)?{_REGION}\s*{_CITY}\s*(?P<rest>.*)", re.DOTALL)
# What can be found on the spot: a road, a village, a house.
_HAN_STREET = re.compile(
    r"[路街道巷弄村镇乡里号栋幢座室楼]|小区|花园|大厦|广场|公寓|\d"
)
_IS_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_UNIT = re.compile(
    r"^(?:flat|apt|apartment|unit|suite|room|floor|building|block|#)\b.*\d|^#",
    re.IGNORECASE,
)
_STATE_AND_CODE = re.compile(r"^([A-Za-z. ]{2,20}?) (\d{4,6}(?:-\d{4})?)$")
_CITY_AND_CODE = re.compile(
    r"^([A-Za-z.' -]{2,30}?) ([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4,6})$", re.IGNORECASE
)
_CODE = re.compile(
    r"^(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4,6}(?:-\d{4})?)$", re.IGNORECASE
)
_COUNTRIES = {
    "uk": "GB",
    "united kingdom": "GB",
    "england": "GB",
    "us": "US",
    "usa": "US",
    "united states": "US",
    "china": "CN",
    "australia": "AU",
    "canada": "CA",
    "germany": "DE",
    "france": "FR",
    "singapore": "SG",
}
_RECIPIENT = re.compile(
    r"(?:收件人|收货人|收件|收货)(?:姓名)?(?:改?[为成是])?[:： ]*"
    r"([\u4e00-\u9fff·]{2,8}|[A-Za-z][A-Za-z .'-]{1,40})"
    r"|\b(?:recipient|addressee|attn\.?|c/o)(?: is)?[: ]+([A-Za-z][A-Za-z.' -]{1,40})",
    re.IGNORECASE,
)
# A name of a place is no sentence.
_MOST_WORDS = 4


def parse(text: str) -> dict[str, str]:
    """The parts of an address that the words hold; without `line1` where none is said."""
    plain = text.strip(" ,，.。;；")
    found = _chinese(plain) if _IS_HAN.search(plain) else _western(plain)
    return {name: part for name, part in found.items() if part}


def recipient(text: str) -> str:
    """Who is named as the one that receives it, or ""."""
    found = _RECIPIENT.search(text)
    return (found[1] or found[2]).strip() if found else ""


def postcode(text: str) -> str:
    """A postcode that is said by itself, or ""."""
    plain = re.sub(
        r"^(?:(?:the )?(?:postcode|post code|zip(?: code)?)(?: is)?|邮编|邮政编码)[是:： ]*",
        "",
        text.strip(" .。!！"),
        flags=re.IGNORECASE,
    )
    return plain.upper() if _CODE.match(plain) else ""


def city(text: str) -> str:
    """A city that is said by itself, or ""."""
    plain = re.sub(r"^(?:in|it is|it's|the city is|在|是|城市是)\s*", "", text.strip())
    plain = plain.strip(" ,，.。!！")
    few = len(plain.split()) <= _MOST_WORDS and len(plain) <= 30
    return plain if few and not re.search(r"[\d?？]", plain) else ""


def line(address: Mapping[str, object], *, chinese: bool) -> str:
    """The address in one line, from the large to the small or the other way round."""
    names = ["line1", "line2", "city", "region", "postcode", "country"]
    if chinese:
        names = ["region", "city", "line1", "line2", "postcode"]
    parts = [str(address.get(name) or "") for name in names]
    said = list(dict.fromkeys(part for part in parts if part))
    return (" " if chinese else ", ").join(said)


def _chinese(text: str) -> dict[str, str]:
    code = re.search(r"(?<!\d)\d{6}(?!\d)", text)
    plain = text.replace(code[0], " ") if code else text
    found = _HAN.fullmatch(plain)
    assert found is not None
    rest = re.sub(r"(?:邮编|邮政编码)[:： ]*", "", found["rest"]).strip(" ,，:：")
    return {
        "region": found["region"] or "",
        "city": found["city"] or "",
        "line1": rest if _HAN_STREET.search(rest) else "",
        "postcode": code[0] if code else "",
    }


def _western(text: str) -> dict[str, str]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    found: dict[str, str] = {}
    places: list[str] = []
    for part in parts:
        _place(part, found, places)
    names = dict(zip(("city", "region"), places, strict=False))
    return names | found


def _place(part: str, found: dict[str, str], places: list[str]) -> None:
    """Put one part where it belongs; places are told apart by their order."""
    if _UNIT.search(part):
        found["line2"] = part
    elif _CODE.match(part):
        found["postcode"] = part.upper()
    elif both := (_STATE_AND_CODE if places else _CITY_AND_CODE).match(part):
        places.append(both[1])
        found["postcode"] = both[2].upper()
    elif part.casefold() in _COUNTRIES:
        found["country"] = _COUNTRIES[part.casefold()]
    elif re.search(r"\d", part) and "line1" not in found:
        found["line1"] = part
    else:
        places.append(part)
