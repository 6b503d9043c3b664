"""How many, and how good."""

import re

from bots.dialogue.understand.normalise import NUMERAL, WORD_NUMBERS, Said, number
from bots.dialogue.understand.slots.found import Found
from bots.dialogue.understand.slots.shop import Words
from bots.dialogue.understand.slots.words import listed

MEASURE = "件|双|条|台|部|套|箱|包|盒|瓶|只|支|本|张|把|袋|份|盏|床|枝|束|扇|幅|打|副|顶|罐|提|组|辆|对|枚|颗(?!星)|桶|卷|片|根|块(?=[\u4e00-\u9fff])(?![钱的以左上下之内起多一二三四五六七八九十两])|个(?!月|小时|工作日|人|问题|订单|地址|星期|礼拜|星|码|号|字|快递|包裹|单)"
_CHINESE = re.compile(
    rf"(?<![第\d.])(\d{{1,4}}|{NUMERAL}{{1,4}}|俩|仨|半(?=打))\s?({MEASURE})|(?:买|来|要|拍|订)(?P<few>俩|仨)"
)
# One of a thing is meant as a number only beside such a verb.
_ONE_MEANT = re.compile(r"(?:买|来|要|拍|订|加|退|换|减|只要|取消)(?:了|掉|回|上)?$")
# "换一个": another, not how many.
_ANOTHER = re.compile(r"换[一1]个$")
_SET_CHINESE = re.compile(
    rf"(?:数量|件数)(?:改|换)?(?:成|为|到|是|[:：])?\s?(\d{{1,4}}|{NUMERAL}{{1,4}})|"
    # "马克杯 x2" counts at the end of what it counts; "X2和Lite" are models.
    rf"(?<=[^a-z0-9])[x×*]\s?(\d{{1,3}})(?=\s*(?:$|[,，。.;；!！\n]|please|pls|谢谢|吧|可以))"
)
_NUMBERS = "|".join(word for word in WORD_NUMBERS if word != "zero")
_COUNT = (
    rf"(\d{{1,4}}|(?:half a|half|two|three|a) dozen|{_NUMBERS}|a couple|dozen|a pair)"
)
_UNITS = r"(?:pcs?|pieces?|packs?|packets?|pairs?|sets?|boxes|box|bottles?|units?|bags?|cans?|tins?|jars?|tubes?|rolls?|copies|x)"
_ENGLISH = re.compile(
    rf"(?<!in )(?<!in a )(?<!size )(?<!step )(?<!number )(?<!part )(?<!version )(?<![\w.$£€¥#-])(?:a (?=hundred))?{_COUNT}(?: more|"
    rf" extra)?(?: {_UNITS}\b|{_UNITS}\b| of (?:them|those|these|the|each)\b|"
    rf" of\b(?! (?:[\d]|five|ten|questions?|things|days|weeks|months|times|years|hours|issues|"
    rf"problems|people))|x\b)"
)
_SET_ENGLISH = re.compile(
    rf"(?:quantity|qty|amount)(?: (?:to|is|of|from \w+ to|"
    rf"should be))*[ :=]*{_COUNT}(?!\w)|make (?:it|that) {_COUNT}(?!\w| ?(?:gb|tb|ml|cm|mm|"
    rf"kg|g|l|inch|pm|am)\b)"
)
_BEFORE_THING = re.compile(
    rf"(?<![\w.$£€¥#/-])(?<!size )(?<!number )(?<!of the ){_COUNT} (?!of )((?:[a-z\x1f][\w'\x1f-]* ){{0,3}}?[a-z][\w'-]*s|tv|"
    rf"coffee)\b(?! (?:ago|old|late))"
)
_TIMES = listed("english times")
# More is no count of pieces: "the 1000 pieces" of a puzzle.
_MOST = 500
_DOZEN = 12
_NO_COUNT = ("one of the", "one of these", "one of those", "one of them")
_FEW = {"a couple": 2, "a dozen": 12, "dozen": 12, "a pair": 1, "俩": 2, "仨": 3}
_FEW |= {"half a dozen": 6, "half dozen": 6, "two dozen": 24, "three dozen": 36}

_RATING = re.compile(
    r"(?<![\d.])([1-5]|one|two|three|four|five)(?: ?(?:out of|/) ?(?:5|five)(?!\d)|"
    r"[ -]?stars?\b|\*)"
    r"|([1-5一二两三四五])\s?颗?(?:个)?(?:星|分(?!钟|钱|货|不|之|期|店|类|机|开))"
    r"|(?:rate|rating|score)(?: (?:it|you|this|is|of|the service|"
    r"them))* ?:? ?(?:a )?([1-5]|one|two|three|four|five)(?![\d%])"
    r"|(?:评分|打分|打|评价|给)(?:个|了|[:：])?\s?([1-5一二三四五])(?:分|星)"
)
_STARS = re.compile(r"[⭐★🌟]{1,5}")


def quantity(said: Said, words: Words) -> Found[int] | None:
    return _chinese(said.folded) or _english(said.folded, words)


def _chinese(text: str) -> Found[int] | None:
    for match in _CHINESE.finditer(text):
        value = _counted(match)
        if value == 1 and not _ONE_MEANT.search(text[: match.start()]):
            continue
        if value == 1 and _ANOTHER.search(text[: match.end()]):
            continue
        if 0 < value <= _MOST:
            return Found(value=value, start=match.start(), end=match.end())
    return _set(_SET_CHINESE, text)


def _counted(match: re.Match[str]) -> int:
    if match["few"]:
        return _count(match["few"])
    if match[2] == "打":
        return _DOZEN // 2 if match[1] == "半" else _DOZEN * _count(match[1])
    return _count(match[1])


def _set(known: re.Pattern[str], text: str) -> Found[int] | None:
    match = known.search(text)
    value = _count(next(group for group in match.groups() if group)) if match else 0
    return (
        Found(value=value, start=match.start(), end=match.end())
        if match and value
        else None
    )


def _english(text: str, words: Words) -> Found[int] | None:
    found = _set(_SET_ENGLISH, text)
    if found:
        return found
    match = _ENGLISH.search(text)
    if match and 0 < _count(match[1]) <= _MOST and match[0] not in _NO_COUNT:
        return Found(value=_count(match[1]), start=match.start(), end=match.end())
    return _before_thing(text, words)


def _before_thing(text: str, words: Words) -> Found[int] | None:
    things = words.kinds
    for match in _BEFORE_THING.finditer(text):
        last = match[2].split()[-1]
        value = _count(match[1])
        if last in _TIMES or not value or value > _MOST:
            continue
        # A dozen needs no known thing to be a number of things.
        counted = "dozen" in match[1] or last in things or last.rstrip("s") in things
        if counted:
            return Found(value=value, start=match.start(1), end=match.end(1))
    return None


def _count(word: str) -> int:
    return _FEW.get(word) or number(word) or 0


def rating(said: Said, expecting: str = "") -> int | None:
    stars = _STARS.search(said.folded)
    if stars:
        return len(stars[0])
    match = _RATING.search(said.folded)
    if match:
        return number(next(group for group in match.groups() if group))
    bare = (
        re.fullmatch(r"\W*([1-5])\W*", said.folded) if expecting == "rating" else None
    )
    return int(bare[1]) if bare else None
