"""Variant options: colour, size, capacity and what else the catalogue varies."""

import re

from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots.found import Found
from bots.dialogue.understand.slots.shop import Words

_COLOURS = (
    "black white red blue green grey gray pink yellow brown purple orange navy beige "
    "silver gold cream "
    "khaki charcoal olive teal turquoise maroon burgundy ivory lilac lavender mint "
    "coral tan bronze copper "
    "transparent walnut oatmeal"
)
_SHADES = r"(?:(?:dark|light|navy|sky|royal|rose|midnight|space|off|pale|bright|forest|army|baby|hot) )?"
_CREAM = r"(?<!hand )(?<!face )(?<!ice )(?<!eye )(?<!night )(?<!moisturising )"
_COLOUR = re.compile(
    rf"(?<![\w-]){_CREAM}{_SHADES}(?:{_COLOURS.replace(' ', '|')})(?![\w-])(?! (?:friday|tea|oil|juice|label|cards?|member\w*|status|tier|list|page|screen|box)\b)"
)
_HAN_SHADES = "深|浅|藏|天|宝|湖|军|墨|米|奶|玫|粉|酒|银|香槟|卡其|咖啡|驼|焦糖|牛油果"
_HAN_COLOUR = re.compile(
    rf"(?<!口)(?:{_HAN_SHADES})?(?:黑|白|红|蓝|绿|灰|粉|黄|棕|紫|橙|银|金|青|咖啡|咖|杏|米|驼|卡其|透明|藏青|藏蓝|肉|奶油|"
    rf"燕麦|胡桃|炭灰|橄榄)色"
    rf"|(?:{_HAN_SHADES})?(?:黑|白|红|蓝|绿|灰|粉|黄|棕|紫|橙|米白|奶白|藏青|藏蓝|卡其)(?=的(?!卡)|款|"
    rf"[ ,，]?(?:xs|s|m|l|xl|xxl|\d?xl|\d{{2}})码?(?![a-z\d])|吧?$)"
    rf"|(?<=换)(?:黑|白|红|蓝|绿|灰|粉|黄|棕|紫)|(?<=换成)(?:黑|白|红|蓝|绿|灰|粉|黄|棕|紫)"
)
_LETTERS = r"(?:xs|s|m|l|xl|xxl|xxxl|[2-6]xl)"
_SIZE = re.compile(
    rf"(?<![\w'])({_LETTERS})\s?(?:码|号|size\b)|(?:size(?![a-z])|尺码|码数|尺寸|码)\s*(?:is|"
    rf"要|选|为|(?:改|换)(?:成|为|到)?|[:：]|an?)?\s*({_LETTERS}|\d{{2}}(?:\.5)?|small|medium|large|"
    rf"uk ?\d{{1,2}}|us ?\d{{1,2}}|eu ?\d{{2}}|\d{{1,2}}(?:\.5)?)(?![\w%])"
    rf"|(?<![\d.])(\d{{2}}(?:\.5)?)\s?码|(?<![\w'$£€¥.])((?:x|xx)?l|xs|xxxl|"
    rf"[2-6]xl)(?![\w'])"
    rf"|"
    rf"\b(extra small|extra large|x-large|medium)\b"
    rf"|(?<!too )(?<!bit )(?<!very )(?<!so )(?<!is )(?<!are )(?<!run )(?<!runs )(?<!fits )"
    rf"\b(small|large)\b(?! (?!please|pls|and|or|in|instead|for|one|ones|size|not|if|before|after|when|as|because|rather|than|but|cos|now|today|thanks|with|is|was|came|arrived|still|available|left|back|yet|any|b4|asap|thx|u|you|i)\w)"
    rf"|(大号|中号|小号|均码|加大码|特大号|(?<!多)大码|小码|中码)|"
    rf"(?<=[色的双只])(3[4-9](?:\.5)?|4[0-8](?:\.5)?)(?=的|吗|有|还)|"
    rf"(?<=[\u4e00-\u9fff])({_LETTERS})(?=[\u4e00-\u9fff\s,，。]|$)|(?<=换)({_LETTERS}|"
    rf"\d{{2}})(?![a-z\d件个双条台套只元块])|(?:改成|换成|应该是?|要的?是)\s?(3[4-9](?:\.5)?|4[0-8](?:\.5)?)(?![\w\u4e00-\u9fff元块])"
    rf"|换(?:成|个)?(\d{{1,2}})号"
    rf"|(?:\b(?:a|an|in|to|for|the|need|want)) ({_LETTERS})(?![\w'])|"
    rf"(?<![\w.])((?:uk|us|eu) ?\d{{1,2}}(?:\.5)?)(?!\w)"
    rf"|(?:need|want|take|for|got) an? (3[4-9]|4\d|5[0-2])(?![\w%])|"
    rf"\b(?:swap|exchange|change|trade)\b[^.!?]{{0,40}}\bfor an? (\d{{1,2}}(?:\.5)?)(?=\W*$|[,.]| (?:please|pls))|"
    rf"\bin an? (\d{{1,2}}(?:\.5)?)(?=\W*$|[,.?]| (?:please|pls|or|and)\b)|"
    rf"(?:small|big|tight|large|loose|short)\b[^.!?]{{0,20}}\b(?:need|want|get|have|prefer) an? (\d{{1,2}})(?=\W*$|[,.]| (?:please|pls|instead))|"
    rf"(\d(?:\.\d)?\s?(?:m|米)床?)(?![\w])|(\d{{2}}\s?(?:inch|inches|寸|英寸))"
)
_CAPACITY = re.compile(
    r"(?<![\d.])(\d{1,5}(?:\.\d)?\s?(?:gb|tb|mah|毫安|ml|毫升|升|litres?|liters?|l|g版本|kg|"
    r"克|g))(?![a-z0-9])"
)
_STORAGE = re.compile(
    r"(?<![\d.])((?:32|64|128|256|512)g?|1t)(?=版|的|内存| ?(?:version|storage))"
)
_OLD = re.compile(
    r"(?:instead of|rather than|but not|\bnot|from|不要|不是|别发|拍的是|买的是?|原来的?|收到的?是?|"
    r"ordered|sent me|you sent|got|received|have)\s?(?:the |a |an |in |size )*$"
)
# "2件L码和1件M码": the first goes with the first quantity.
_AND = re.compile(
    r"[码号色的款]{0,2}\s*(?:和|跟|与|及|以及|、|,|，|and|&|\+|plus|(?=一[件双条个只套台]))\s*"
    r"(?:(?:\d{1,3}|[一二两三四五六七八九十]|one|two|three|a|an) ?(?:件|双|条|个|只|套|台|in |pair of )?)?"
    r"(?:size )?\s*"
)

Option = Found[tuple[str, str]]


def find(said: Said, words: Words) -> list[Option]:
    """Return (option, value as said) pairs, one an option: the one that is wanted."""
    hits = [
        *_colours(said),
        *_sizes(said),
        *_capacities(said),
        *_catalogue(said, words),
    ]
    best: dict[str, Found[tuple[str, str]]] = {}
    for hit in sorted(hits, key=lambda item: item.start):
        kept = best.get(hit.value[0])
        if kept is None or _replaces(said, kept, hit):
            best[hit.value[0]] = hit
    return list(best.values())


def _replaces(said: Said, kept: Option, hit: Option) -> bool:
    """Tell whether a later value stands for the earlier: not where both are listed."""
    if _AND.fullmatch(said.folded[kept.end : hit.start]):
        return False
    return _wanted(said, hit) >= _wanted(said, kept)


def _wanted(said: Said, hit: Found[tuple[str, str]]) -> bool:
    return not _OLD.search(said.folded[max(0, hit.start - 24) : hit.start])


def _made(said: Said, option: str, start: int, end: int) -> Found[tuple[str, str]]:
    return Found(value=(option, said.span(start, end)), start=start, end=end)


def _colours(said: Said) -> list[Found[tuple[str, str]]]:
    return [
        _made(said, "color", *match.span())
        for known in (_COLOUR, _HAN_COLOUR)
        for match in known.finditer(said.folded)
    ]


def _sizes(said: Said) -> list[Found[tuple[str, str]]]:
    return [
        _made(said, "size", *match.span(match.lastindex or 0))
        for match in _SIZE.finditer(said.folded)
    ]


def _capacities(said: Said) -> list[Found[tuple[str, str]]]:
    return [
        _made(said, "capacity", *match.span(1))
        for known in (_CAPACITY, _STORAGE)
        for match in known.finditer(said.folded)
    ]


def _catalogue(said: Said, words: Words) -> list[Option]:
    return [
        _made(said, words.options[said.folded[start:end]], start, end)
        for start, end in words.values.find(said.folded)
    ]
