"""What a question about a product asks for, and how the catalogue's names are said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orders.text import pick


@dataclass(frozen=True, kw_only=True)
class Aspect:
    """Attributes that answer the same question, and the words that ask it."""

    attributes: tuple[str, ...]
    asked_by: tuple[str, ...]


ASPECTS = (
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
        ),
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
    "多少钱",
    "价格",
    "什么价",
    "有货",
    "有没有货",
    "现货",
    "库存",
    "缺货",
)

# Common names of attributes and options, for Chinese readers.
IN_CHINESE = {
    "battery": "电池",
    "bluetooth": "蓝牙",
    "capacity": "容量",
    "care": "护理",
    "charging": "充电",
    "color": "颜色",
    "compatibility": "兼容",
    "diameter": "直径",
    "dishwasher": "洗碗机",
    "fit": "版型",
    "height": "高度",
    "ingredients": "成分",
    "length": "长度",
    "lining": "里料",
    "material": "材质",
    "noise": "噪音",
    "plug": "插头",
    "power": "功率",
    "shelf life": "保质期",
    "size": "尺寸",
    "skin": "适合肤质",
    "sole": "鞋底",
    "upper": "鞋面",
    "voltage": "电压",
    "warranty": "保修",
    "waterproof": "防水",
    "weight": "重量",
    "black": "黑色",
    "white": "白色",
    "gray": "灰色",
    "grey": "灰色",
    "blue": "蓝色",
    "navy": "藏青色",
    "pink": "粉色",
    "green": "绿色",
    "orange": "橙色",
    "brown": "棕色",
    "beige": "米色",
    "olive": "橄榄绿",
    "silver": "银色",
    "purple": "紫色",
    "charcoal": "炭灰色",
    "red": "红色",
    "yellow": "黄色",
    "cream": "奶油色",
}


def is_price_or_stock(question: str) -> bool:
    return any(word in question.casefold() for word in PRICE_OR_STOCK)


def asked(question: str) -> Aspect | None:
    """Return what the question is about, or None where it is not plain."""
    words = question.casefold()
    for aspect in ASPECTS:
        if any(word in words for word in aspect.asked_by):
            return aspect
    return None


def facts(
    attributes: Mapping[str, Any], language: str, about: Aspect | None = None
) -> list[dict[str, str]]:
    """Attributes as they are shown; only those that answer `about`, where given."""
    return [
        {
            "name": named(key.replace("_", " "), language),
            "value": _value(value, language),
        }
        for key, value in attributes.items()
        if about is None or key in about.attributes
    ]


def named(word: str, language: str) -> str:
    """An attribute's or an option's name in the language, as far as it is known."""
    if language == "zh":
        return IN_CHINESE.get(word.casefold(), word)
    return word


def _value(value: Any, language: str) -> str:
    return pick(value, language) if isinstance(value, dict) else str(value)
