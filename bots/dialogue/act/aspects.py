"""What a question about a product asks for."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from bots.dialogue.act import labels
from orders.text import pick


@dataclass(frozen=True, kw_only=True)
class Aspect:
    """Attributes that answer the same question, and the words that ask it."""

    attributes: tuple[str, ...]
    asked_by: tuple[str, ...]


ASPECTS = (
    Aspect(
        attributes=("multipoint",),
        asked_by=(
            "two devices",
            "both devices",
            "multipoint",
            "两个设备",
            "两台设备",
            "多个设备",
            "两部手机",
            "同时连",
        ),
    ),
    Aspect(
        attributes=("fit", "sizes"),
        asked_by=(
            "run small",
            "run large",
            "run big",
            "runs small",
            "runs large",
            "true to size",
            "size up",
            "size down",
            "偏大",
            "偏小",
            "正码",
            "版型",
            "合脚",
            "尺码准",
        ),
    ),
    Aspect(
        attributes=("waterproof", "water_resistant"),
        asked_by=("waterproof", "water resist", "water-resist", "rain", "防水", "淋雨"),
    ),
    Aspect(
        attributes=("battery", "run_time", "charging"),
        asked_by=("battery", "charge", "续航", "电池", "充电", "用多久"),
    ),
    Aspect(
        attributes=("weight",),
        asked_by=("weigh", "heavy", "how light", "多重", "重量", "重不重", "轻不轻"),
    ),
    Aspect(
        attributes=("material", "upper", "shell", "fill", "lining", "ingredients"),
        asked_by=(
            "material",
            "made of",
            "made from",
            "ingredient",
            "fabric",
            "材质",
            "材料",
            "面料",
            "成分",
            "什么做的",
        ),
    ),
    Aspect(
        attributes=("capacity", "size", "length", "height", "diameter"),
        asked_by=(
            "capacity",
            "how big",
            "how large",
            "dimension",
            "measure",
            "容量",
            "多大",
            "尺寸",
            "多高",
            "多长",
            "多少升",
            "几升",
            "多少毫升",
            "几毫升",
            "毫安",
            "how many litres",
            "how many liters",
        ),
    ),
    Aspect(
        attributes=("hot", "cold"),
        asked_by=("stay hot", "keep hot", "keep it hot", "保温多", "保温几", "保冷"),
    ),
    Aspect(
        attributes=("warranty",),
        asked_by=("warranty", "guarantee", "保修", "质保"),
    ),
    Aspect(
        attributes=("care", "dishwasher"),
        asked_by=("wash", "clean", "dishwasher", "怎么洗", "机洗", "洗碗机", "清洗"),
    ),
    Aspect(
        attributes=("compatibility", "bluetooth", "plug", "network", "laptop"),
        asked_by=(
            "compatible",
            "work with",
            "bluetooth",
            "fit my",
            "兼容",
            "支持",
            "蓝牙",
            "能用吗",
            "配",
        ),
    ),
    Aspect(attributes=("voltage", "power"), asked_by=("volt", "watt", "电压", "功率")),
    Aspect(
        attributes=("noise",), asked_by=("noise", "loud", "quiet", "噪音", "声音大")
    ),
    Aspect(attributes=("shelf_life",), asked_by=("shelf life", "expir", "保质期")),
    Aspect(attributes=("skin",), asked_by=("skin", "肤质", "敏感肌", "油皮", "干皮")),
)

PRICE_OR_STOCK = (
    "how much",
    "price",
    "cost",
    "in stock",
    "available",
    "sold out",
    "be back",
    "restock",
    "多少钱",
    "价格",
    "什么价",
    "有货",
    "有没有货",
    "现货",
    "库存",
    "缺货",
    "到货",
    "补货",
)

# A number with a unit asks for what is measured in it: "is it 110 V?"
MEASURED = (
    ("voltage", re.compile(r"\d\s?(?:v|volts?|伏)(?![a-z])")),
    ("power", re.compile(r"\d\s?(?:w|watts?|瓦)(?![a-z])")),
)
# Words of an attribute's name that say nothing by themselves.
_COMMON = frozenset({"safe", "time", "type", "free", "power", "weight", "pot", "inner"})
# "How much do you charge for it?" asks for no charging.
_FEE = re.compile(r"\byou charge for\b")
# So many characters of Chinese are two words or more.
_SEVERAL = 4
# Words of a question that no value answers.
_EMPTY = frozenset({"about", "which", "there", "these", "those", "would", "could"})
_UNTOLD = re.compile(
    "可以|不可|支持|适合|什么|怎么|介绍|一下|多少|有没有|是不是|能不能|这个|那个|这款|那款|[的了吗呢吧啊呀么我你能是不有]"
)


def is_price_or_stock(question: str) -> bool:
    return any(word in question.casefold() for word in PRICE_OR_STOCK)


def answering(
    question: str, attributes: Collection[str], names: Collection[str] = ()
) -> list[str] | None:
    """Return the attributes that answer: those that are named, or those of an aspect.

    Else those whose values hold the words. The product's own `names` ask nothing: the
    price of a bluetooth speaker has nothing to do with bluetooth. None where it is not
    plain what is asked for; none at all where the catalogue does not say it.
    """
    words = _without(names, _FEE.sub(" ", question.casefold()))
    measured = [name for name, unit in MEASURED if unit.search(words)]
    if found := [key for key in attributes if key in measured]:
        return found
    if found := [key for key in attributes if _is_named(key, words)]:
        return found
    aspect = asked(words)
    if aspect is None:
        return _holding(words, attributes, names) or None
    return [key for key in attributes if key in aspect.attributes]


def asked(question: str) -> Aspect | None:
    """Return what the question is about, or None where it is not plain."""
    words = question.casefold()
    for aspect in ASPECTS:
        if any(word in words for word in aspect.asked_by):
            return aspect
    return None


def facts(
    attributes: Mapping[str, Any], language: str, about: Collection[str] | None = None
) -> list[dict[str, str]]:
    """Attributes as they are shown; only those `about`, where given."""
    return [
        {"name": labels.attribute(key, language), "value": _value(value, language)}
        for key, value in attributes.items()
        if about is None or key in about
    ]


def _without(names: Collection[str], words: str) -> str:
    """The words but for the longest part of each name that stands in them.

    A single word may be what is asked for: "is the waterproof boot waterproof".
    """
    for name in map(str.casefold, names):
        match = SequenceMatcher(None, name, words, autojunk=False)
        same = match.find_longest_match()
        part = name[same.a : same.a + same.size].strip()
        if part == name or _is_several(part):
            words = words.replace(part, " ")
    return words


def _is_several(part: str) -> bool:
    """Whether it is more than one word; four characters of Chinese are."""
    return " " in part or len(re.findall(r"[\u4e00-\u9fff]", part)) >= _SEVERAL


def _is_named(key: str, words: str) -> bool:
    """Whether the attribute's own name, or a telling word of it, stands in the words."""
    label = labels.attribute(key, "zh")
    if not label.isascii() and label in words:
        return True
    parts = re.split(r"[_\s]+", key.casefold())
    telling = [part for part in parts if part not in _COMMON] if parts[1:] else parts
    return any(_stands(part, words) for part in telling)


def _holding(
    words: str, attributes: Collection[str], names: Collection[str]
) -> list[str]:
    """The attributes whose values have most of the words, if any."""
    if not isinstance(attributes, Mapping):
        return []
    said = _telling(words).difference(*map(_telling, names))
    hits = {key: len(said & _all_of(value)) for key, value in attributes.items()}
    most = max(hits.values(), default=0)
    return [key for key, count in hits.items() if count == most] if most else []


def _all_of(value: Any) -> set[str]:
    texts = value.values() if isinstance(value, dict) else (str(value),)
    return {word for text in texts for word in _telling(text)}


def _telling(text: str) -> set[str]:
    """Its long words, and its pairs of Chinese characters that are no common ones."""
    plain = _UNTOLD.sub(" ", text.casefold())
    words = {word for word in re.findall(r"[a-z]{5,}", plain) if word not in _EMPTY}
    for run in re.findall(r"[\u4e00-\u9fff]+", plain):
        words.update(run[at : at + 2] for at in range(len(run) - 1))
    return words


def _stands(word: str, words: str) -> bool:
    return bool(re.search(rf"(?<![a-z]){re.escape(word)}(?:s|es)?(?![a-z])", words))


def _value(value: Any, language: str) -> str:
    return pick(value, language) if isinstance(value, dict) else str(value)
