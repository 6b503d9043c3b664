"""The words that name a product in Chinese."""

import re

from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots.amounts import MEASURE
from bots.dialogue.understand.slots.found import Found, spot
from bots.dialogue.understand.slots.shop import Words
from bots.dialogue.understand.slots.words import listed

# Where the words before a thing stop to describe it.
_STOPS = listed("chinese stops")
_STOP = re.compile("|".join(sorted(map(re.escape, _STOPS), key=len, reverse=True)))
_RUN = re.compile(r"[\u4e00-\u9fffa-z0-9+·-]+$")
_MOST_BEFORE = 8
# Generic words are no names of things, and some names are parts of other words.
_NOT_THINGS = re.compile(
    r"爱好者|控的|手机\s?(?:号码?)?\s?[:：是]?\s?\x1f|手机(?:号|尾号|验证|端|上|银行|短信|客户端|app|也|收不到|丢了|没信号)|换手机了?号|"
    r"平板支撑|订单包|[红钱发承打]包(?!的|包)|包(?:邮|裹|装|括|含|退|换|修|赔|税|不包|安装|上门|年)|书面|"
    r"电脑(?:端|上|版)|灯塔|床上|面包屑|茶几天|刀了|路由|"
    r"苹果(?:手机|id|账号|支付|系统)|证书|说明书|书上|小时|果汁机"
)
_SHORT = listed("chinese short")
_SHORT_OK = re.compile(
    r"(?:个|只|款|把|盏|口|双|本|张|的|买|卖|退|换|修|这|那|台|[,，。 ])$"
)
# A thing that no list knows is known by its last character.
_ENDINGS = re.compile(
    r"[袜裤鞋靴裙帽衫枕霜壶锅杯巾毯灯椅柜架垫盒刷膏酱饼糖琴钳锤镜伞绳罐粮砂帘凳篮]"
    r"|[\u4e00-\u9fff](?:机|器|仪|液|衣|膜|箱|服|刀|包|酒|茶|油|粉|球|表|车|板|套|椅|桌|笔)(?=[\u4e00-\u9fff]{0,3}"
    r"(?:坏|破|漏|碎|裂|掉|不|没|有|怎|能|可|多|的|吗|呢|到|错|少|$|[\W]))"
)
_HEAD = re.compile(r"[袜裤鞋靴帽枕壶锅杯巾毯椅柜架垫盒](?![邮装])")
_NO_ENDING = frozenset(listed("chinese no endings"))
_NO_KIND = re.compile("|".join(listed("chinese no kinds")))
_FRAMES = (
    re.compile(
        r"(?:有没有|有卖|卖不卖|卖|想买|要买|买|找|推荐|看看|求|想要|下单|订购)(?:一下|下)?(?:一|两|几)?(?:个|款|件|双|条|"
        r"台|部|套|把|些|点|下|支|盒|瓶)?(?:的)?([\u4e00-\u9fffa-z]{2,8}?)(?=吗|么|嘛|呢|呀|吧|啊|"
        r"[,，。?？!！\s\x1f]|$|多少|怎么|有|推荐|能|可以|的|谢谢|了)"
    ),
    re.compile(
        r"(?:^|[,，。?？!！\s]|你们家?的?|这个|这款|那个|那款)([\u4e00-\u9fffa-z]{2,8}?)(?=有货|还有货|"
        r"有现货|多少钱|什么价|是什么材质|是纯|有没有货|补货|能水洗|可以机洗|坏了|破了|漏了|碎了|保修|支持)"
    ),
    re.compile(
        r"(?:退掉?|换掉?|修一?下?|取消)(?:这|那)?(?:个|件|双|条|台|部|套|"
        r"把)([\u4e00-\u9fffa-z]{2,8}?)(?=吗|呢|吧|[,，。?？!！\s\x1f]|$|的|可以|行)"
    ),
)


# "一瓶洗发水": how it is counted is no part of its name.
_COUNTED = re.compile(rf"[一二两三四五六七八九十几这那每半\d](?:{MEASURE})")
# "装电脑的包": what it is for stands before what it is.
_FOR = re.compile(r"[装放搭配套适]$")


def find(said: Said, words: Words) -> Found[str] | None:
    """Return the thing named first, with the words right before it that describe it."""
    text = said.folded
    for first, last in words.things.find(text):
        end = _compound(text, last, words)
        start = _extended(text, first)
        if _FOR.search(text[:start]) and text[end : end + 1] == "的":
            continue
        if _is_thing(text, start, first, end):
            return _made(said, start, end)
    return _ending(said) or _framed(said) or _branded(said, words)


def _compound(text: str, end: int, words: Words) -> int:
    """Return where the name ends: 篮球 and 鞋 are one thing."""
    more = words.things.at(text, end) or (end + 1 if _HEAD.match(text, end) else 0)
    if not more or _NOT_THINGS.search(text[end : more + 1]):
        return end
    return more


def _made(said: Said, start: int, end: int) -> Found[str]:
    return Found(value=said.span(start, end), start=start, end=end)


def _ending(said: Said) -> Found[str] | None:
    """Return a thing that is known only by its last character, like 中筒袜."""
    for match in _ENDINGS.finditer(said.folded):
        start = _extended(said.folded, match.end() - 1)
        whole = said.folded[start : match.end()]
        around = said.folded[start : match.end() + 3]
        known = whole[-2:] in _NO_ENDING or _NO_KIND.fullmatch(whole)
        if 2 <= len(whole) <= 7 and not known and not _NOT_THINGS.search(around):
            return _made(said, start, match.end())
    return None


def _extended(text: str, head: int) -> int:
    """Return where the words that describe the head begin."""
    run = _RUN.search(text[max(0, head - _MOST_BEFORE) : head])
    if not run:
        return head
    ends = [stop.end() for stop in _STOP.finditer(run[0])]
    start = head - len(run[0]) + (ends[-1] if ends else 0)
    counted = _COUNTED.match(text, max(0, start - 1), head)
    return counted.end() if counted else start


def _is_thing(text: str, start: int, head: int, end: int) -> bool:
    around = text[max(0, start - 2) : end + 3]
    shift = max(0, start - 2)
    for hit in _NOT_THINGS.finditer(around):
        if head < hit.end() + shift and hit.start() + shift <= end:
            return False
    # One character is a thing only where something says so.
    alone = text[head:end] in _SHORT and start == head
    return not alone or start == 0 or bool(_SHORT_OK.search(text[:start]))


def _framed(said: Said) -> Found[str] | None:
    for frame in _FRAMES:
        for match in frame.finditer(said.folded):
            name = match[1]
            if _NO_KIND.search(name) or _STOP.search(name) or name.isascii():
                continue
            return spot(said, match, 1)
    return None


def _branded(said: Said, words: Words) -> Found[str] | None:
    """Return a brand of the shop's where nothing else names the thing."""
    brands = words.brands.find(said.folded)
    return next((_made(said, start, end) for start, end in brands), None)
