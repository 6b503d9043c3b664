"""The words that name a product in Chinese."""

import re
from functools import cache

from bots.dialogue.understand import lexicon
from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots.found import Found, spot
from bots.dialogue.understand.slots.words import listed

# Where the words before a thing stop to describe it.
_STOPS = listed("chinese stops")
_STOP = re.compile("|".join(sorted(map(re.escape, _STOPS), key=len, reverse=True)))
_RUN = re.compile(r"[\u4e00-\u9fffa-z0-9+·-]+$")
_MOST_BEFORE = 8
# Generic words are no names of things, and some names are parts of other words.
_NOT_THINGS = re.compile(
    r"爱好者|控的|"
    r"手机号|手机尾号|手机验证|平板支撑|订单包|红包|包邮|包裹|包装|书面|电脑端|手机端|手机上|手机银行|灯塔|床上|面包屑|开关|茶几天|刀了|路由"
)
_SHORT = listed("chinese short")
_SHORT_OK = re.compile(
    r"(?:个|只|款|把|盏|口|双|本|张|的|买|卖|退|换|修|这|那|台|[,，。 ])$"
)
_ENDINGS = re.compile(r"[袜裤鞋靴裙帽衫枕霜壶锅杯巾毯灯椅]")
_NO_KIND = (
    "东西|商品|产品|宝贝|活动|优惠|发票|快递|订单|人工|客服|货|券|优惠券|红包|现货|折扣|赠品|实体店|别的|其他|其它|更便宜|便宜|"
    "重复|错了|型号|问题|运费|物流|退款|退货|换货|售后|人|门店|会员|库存|保修|质保|码|尺码|颜色|礼物|消息|短信|时间|办法|方式|必要|单子|"
    "电话|地址"
)
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


def find(said: Said) -> Found[str] | None:
    for match in _heads().finditer(said.folded):
        start = _extended(said.folded, match.start())
        if _is_thing(said.folded, start, match.start(), match.end()):
            return Found(
                value=said.span(start, match.end()), start=start, end=match.end()
            )
    return _ending(said) or _framed(said)


def _ending(said: Said) -> Found[str] | None:
    """Return a thing that is known only by its last character, like 中筒袜."""
    for match in _ENDINGS.finditer(said.folded):
        start = _extended(said.folded, match.start())
        whole = said.folded[start : match.end()]
        if 2 <= len(whole) <= 7 and not _NOT_THINGS.search(whole):
            return Found(
                value=said.span(start, match.end()), start=start, end=match.end()
            )
    return None


def _extended(text: str, head: int) -> int:
    """Return where the words that describe the head begin."""
    run = _RUN.search(text[max(0, head - _MOST_BEFORE) : head])
    if not run:
        return head
    ends = [stop.end() for stop in _STOP.finditer(run[0])]
    return head - len(run[0]) + (ends[-1] if ends else 0)


def _is_thing(text: str, start: int, head: int, end: int) -> bool:
    around = text[max(0, start - 2) : end + 3]
    if _NOT_THINGS.search(around):
        return False
    # One character is a thing only where something says so.
    alone = text[head:end] in _SHORT and start == head
    return not alone or bool(_SHORT_OK.search(text[:start]))


def _framed(said: Said) -> Found[str] | None:
    for frame in _FRAMES:
        for match in frame.finditer(said.folded):
            name = match[1]
            if re.search(_NO_KIND, name) or _STOP.search(name) or name.isascii():
                continue
            return spot(said, match, 1)
    return None


@cache
def _heads() -> re.Pattern[str]:
    names = [word for word in lexicon.words("product") if not word.isascii()]
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
