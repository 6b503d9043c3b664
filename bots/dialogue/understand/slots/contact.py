"""E-mail, phone, postcode and name."""

import re

from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots.found import Found, spot
from bots.dialogue.understand.slots.words import listed

_EMAIL = re.compile(
    r"[a-z0-9][\w.+-]{0,63}@[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,62}){1,4}", re.ASCII
)
_MOBILE = re.compile(r"(?<![\d.])(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?![\d.])")
_ABROAD = re.compile(r"(?<![\w+])\+\d(?:[ ().-]{0,2}\d){6,14}(?!\d)")
_NATIONAL = re.compile(
    r"(?:phone|mobile|cell|tel|telephone|call(?: me)?|ring(?: me)?|text me|(?<!order )(?<!tracking )(?<!reference )(?<!ticket )(?<!invoice )(?<!account )(?<!serial )(?<!model )(?<!card )number|"
    r"contact|whatsapp|"
    r"手机号?码?|电话号?码?|联系方式|号码|手机|座机)"
    r"(?: no\.?| number)?(?: (?:is|on|at|to|now|changed to))?\s*(?:是|为|改成|改为|换成|"
    r"[:：])?\s*"
    r"(\(?\d(?:[ ()-]{0,2}\d){6,14})(?!\d)"
)
# "手机2000以内", "phone 1500 to 3000": a price of what is looked for.
_NO_PRICE = (
    r"(?!\s?(?:[-~–—到至]\s?\d|to \d|and \d|之?[间内]|以[内下上]|左右|上下|起|元|块|的|价|封顶|"
    r"rmb|cny|yuan|usd|dollars?|bucks|pounds?|euros?|max\b|tops\b|budget|at most|"
    r"or (?:less|under|below|more)|and (?:up|above)|毫安|mah|预算|[$£€¥]))"
)
_GROUPED = re.compile(
    r"(?<![\w-])(?:\(\d{3}\) ?|\d{3}[- .])\d{3}[- .]\d{4}(?![\w-])|"
    r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)"
    r"|(?<!\d)07\d{3} ?\d{6}(?!\d)|(?<![\d-])[6-9]\d{4}[ -]\d{5}(?![\d-])"
)
# "my phone ends in 1001", "手机尾号1001"; a card's last digits are no phone's.
_ENDING = re.compile(
    r"(?<!card )(?:end(?:s|ing)?(?: in| with)?|last (?:four|4)(?: digits)?"
    r"(?: of (?:my |the )?(?:phone|number|mobile)(?: number)?)?(?: are| is)?)"
    r"\s*:?\s*(\d{4})(?!\d)"
    r"|(?<!卡)(?:(?:我的)?(?:手机|电话)号?码?的?)?(?<!卡)(?:尾号|尾数|[后末][四4]位)(?:数字)?"
    r"(?:是|为|[:：])?\s*(\d{4})(?!\d)"
    r"|(?<!\d)(\d{4})结尾"
    r"|(?:phone|mobile|手机号?码?|电话号?码?)(?: number)?\W{0,3}(?:is |是)?(\d{4})(?!\d)"
    + _NO_PRICE
)
_UNIT = r"(?!\d|\s?(?:元|块|年|件|个|双|条|台|rmb|yuan|usd|dollars|ml|g\b|w\b|mah))"
_BESIDE_ORDER = re.compile(
    rf"\x1f[\s,，、/;；:：和+&-]{{1,3}}(?:and )?(\d{{4}}){_UNIT}"
    r"|(?<![\d.$¥£€])(\d{4})[\s,，、/;；和+&]{1,3}(?:and )?\x1f"
)
_LAST_FOUR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_UK = r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}"
_POSTCODE = re.compile(
    rf"(?:邮政编码|邮编|post ?code|zip(?: ?code)?|pin ?code|postal code)"
    rf"(?:[^\d,.;]{{0,24}}? (?:it'?s|is|to|should be)|.{{0,8}}?(?:应该?是|是|为|改成|改为|[:：]))?\s*({_UK}|\d{{5}}-\d{{4}}|"
    rf"\d{{4,7}})(?![\w-])"
)
_BRITISH = re.compile(rf"(?<![\w-])({_UK})(?![\w-])")
_AMERICAN = re.compile(r"(?<=, )[a-z]{2} (\d{5}(?:-\d{4})?)(?![\w-])")
_ANY_POSTCODE = re.compile(rf"({_UK}|\d{{5}}-\d{{4}}|\d{{4,7}})")
_NAME = re.compile(
    r"(?:my name is|my name's|name is|i am called|call me|name:)\s+"
    r"([a-z][a-z'-]+(?: [a-z][a-z'-]+){0,2}?)(?=\s*(?:[,.!?;\n]|$| and | but | i |"
    r" my | here| from ))"
    r"|(?:(?<![给帮让跟])我叫(?!个|一|你|他|人|客服|不|没)|我的名字是|我的名字叫|姓名(?:是|[:：])|名字(?:是|叫|[:：])|收件人(?:是|改成|改为|[:：])|收货人(?:是|改成|"
    r"改为|[:：]))\s*"
    r"([\u4e00-\u9fff]{2,4}?)(?=[\s,，。!！;；\d]|$|电话|手机|订单|我|的|想)"
)
# "This is …" is followed by much else; a name is told by its capitals.
_CAPITALS = re.compile(
    r"(?:^|[\n,.!?;] ?|\b(?:[Hh]i|[Hh]ello|[Hh]ey),? )(?:(?:[Tt]his is|THIS IS|[Ii]t'?s) ([A-Z][a-z'-]+(?: [A-Z][a-z'-]+){0,2})"
    r"|(?:[Ii]'?m|[Ii] am) ([A-Z][a-z'-]+ [A-Z][a-z'-]+))(?=[,.!?;\n]|$| (?:and|here|from|order|speaking|calling|my|i|I)\b)"
)
_NOT_NAMES = listed("english no names")
_PLAIN_NAME = re.compile(r"[a-z][a-z' .-]{1,40}|[\u4e00-\u9fff·]{2,10}")


def email(said: Said, expecting: str = "") -> Found[str] | None:
    found = _EMAIL.search(said.folded)
    if not found:
        return None
    item = spot(said, found)
    return Found(value=item.value.rstrip(".-"), start=item.start, end=item.end)


def named_phone(said: Said, expecting: str = "") -> Found[str] | None:
    """Return a phone number, or its end, that cannot be anything else."""
    for known in (_ABROAD, _MOBILE, _GROUPED):
        found = known.search(said.folded)
        if found:
            return _digits(spot(said, found))
    found = _NATIONAL.search(said.folded)
    if found:
        return _digits(spot(said, found, 1))
    ending = _ENDING.search(said.folded)
    if not ending:
        return None
    # What calls it a phone's end names no product.
    whole = spot(said, ending)
    group = next(number for number in (1, 2, 3, 4) if ending[number])
    return Found(value=ending[group], start=whole.start, end=whole.end)


def phone(said: Said, expecting: str = "") -> Found[str] | None:
    """Return bare digits where a phone number or its last four digits are asked for."""
    if expecting not in ("phone", "identity", "order_id"):
        return None
    last = None if expecting == "phone" else _LAST_FOUR.search(said.folded)
    bare = re.search(r"(?<!\d)\d(?:[ -]?\d){5,14}(?!\d)", said.folded)
    if expecting == "order_id":
        # Four digits said before the order number that was asked for.
        last = re.fullmatch(r"\W*(\d{4})\W*", said.folded)
        return spot(said, last, 1) if last else None
    found = bare or last
    return _digits(spot(said, found)) if found else None


def proof(rest: Said) -> Found[str] | None:
    """Return four digits right beside an order number that was blanked."""
    found = _BESIDE_ORDER.search(rest.folded)
    return spot(rest, found, 1 if found[1] else 2) if found else None


def _digits(item: Found[str]) -> Found[str]:
    plus = "+" if item.value.lstrip("(").startswith("+") else ""
    digits = plus + "".join(c for c in item.value if c.isdigit())
    return Found(value=digits, start=item.start, end=item.end)


def postcode(said: Said, expecting: str = "") -> Found[str] | None:
    for known in (_POSTCODE, _BRITISH, _AMERICAN):
        found = known.search(said.folded)
        if found:
            item = spot(said, found, 1)
            return Found(value=item.value.upper(), start=item.start, end=item.end)
    found = _ANY_POSTCODE.search(said.folded) if expecting == "postcode" else None
    return spot(said, found, 1) if found else None


def name(said: Said, expecting: str = "") -> Found[str] | None:
    found = _NAME.search(said.folded)
    if found:
        item = spot(said, found, 1 if found[1] else 2)
        if item.value.lower().split()[0] not in _NOT_NAMES:
            return item
    capitals = _CAPITALS.search(said.text)
    if capitals:
        return spot(said, capitals, 1 if capitals[1] else 2)
    if expecting == "name" and _PLAIN_NAME.fullmatch(said.folded):
        return Found(value=said.text, start=0, end=len(said.text))
    return None
