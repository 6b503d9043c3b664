"""The language that the shopper asks to be answered in."""

import re

from bots.dialogue.understand import clauses
from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots.found import Found, without

_NAMES = {
    "en": "english|inglés|anglais|英文|英语",
    "zh": "chinese|mandarin|中文|汉语|普通话|国语|华语",
    "ja": "japanese|日文|日语|日本语",
    "ko": "korean|韩语|韩文",
    "fr": "french|français|francais|法语|法文",
    "es": "spanish|español|espanol|西班牙语|西语",
    "de": "german|deutsch|德语|德文",
    "ru": "russian|俄语|俄文",
}
_CODES = tuple((code, re.compile(names)) for code, names in _NAMES.items())
_NAME = "(?:" + "|".join(_NAMES.values()) + ")"
# What may stand around the name in a clause that wishes for nothing else; longer
# words first, since nothing is tried twice.
_AROUND = re.compile(
    r"(?:(?:please|pls|plz|can|could|would|will|may|do|does|you|u|we|i|i'd|id|us|me|like|love|want|"
    r"wanna|prefer|need|to|speak|talk|chat|reply|respond|answer|write|type|use|switch|change|"
    r"continue|go|in|into|only|with|back|instead|if|possible|is|it|thanks|thank|language|mode|"
    r"let's|lets|my|a|bit|of|better|understand|hi|hello|ok|habla|hablas|usted|parlez|vous|"
    r"sprechen|sie|auf|en|por|favor|from|now|on|then|all)(?![a-z'])"
    r"|请|麻烦|能不能|可不可以|会不会|能否|是否|能|可以|可|会|我想|我要|希望|我|您|你们|你|跟|和|对|给|换成|换|改成|改为|改用|改|"
    r"切换到|切换成|切换|切|转|用|以|说|讲|写|回复|回答|回话|回|答|交流|沟通|聊天|聊|对话|服务|版本?|模式|界面|一下|下|吗|么|吧|"
    r"呢|好|行|谢谢|直接|都|只|支持|懂|看|听|来|成|到|的|不|[\W_])*+"
)
_ASKED = re.compile(
    rf"\b(?:in|speak|use|switch to|change to|reply in|answer in|talk in) {_NAME}\b"
    rf"|(?:用|说|讲|换成|切换[到成]|改成){_NAME}(?:来?(?:回复|回答|说|讲|告诉|跟|和|帮|给))?"
)
# Then it is the language of a thing.
_OF_THINGS = re.compile(
    r"manual|book|instruction|subtitle|menu|label|keyboard|layout|available|written|printed|"
    r"version|audio|guide|packag|yuan|new year|说明|字幕|键盘|菜单|标签|版|书|包装|教程"
)
_TRANSLATES = re.compile(
    r"translat|翻译|译成|翻成|essay|write me|怎么说|how do you say"
)


def find(said: Said) -> Found[str] | None:
    """Return the language wished for, and the words that wish for it."""
    if _TRANSLATES.search(said.folded):
        return None
    hits = [_in_clause(said, *part) for part in clauses.split(said.folded)]
    return next((hit for hit in hits if hit), None)


def unsaid(said: Said) -> Said:
    """Return `said` without the wish for a language: the rest has its own intent."""
    found = find(said)
    return without(said, [found]) if found else said


def _in_clause(said: Said, start: int, end: int) -> Found[str] | None:
    clause = said.folded[start:end]
    named = re.search(_NAME, clause)
    if not named:
        return None
    code = next(code for code, known in _CODES if known.search(clause))
    around = clause[: named.start()] + " " + clause[named.end() :]
    if _AROUND.fullmatch(around):
        return Found(value=code, start=start, end=end)
    asked = _ASKED.search(clause)
    if not asked or _OF_THINGS.search(clause):
        return None
    return Found(value=code, start=start + asked.start(), end=start + asked.end())
