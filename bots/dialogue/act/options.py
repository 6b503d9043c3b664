"""Options as shoppers say them, matched with options as the catalogue writes them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from orders.models import Variant
from orders.text import pick

# What a shopper may call a value that the catalogue writes in English.
SPOKEN = {
    "black": ("黑", "黑色", "曜石黑", "玄黑"),
    "white": ("白", "白色", "纯白"),
    "red": ("红", "红色", "大红"),
    "blue": ("蓝", "蓝色", "天蓝", "青"),
    "navy": ("藏青", "藏青色", "深蓝", "深蓝色"),
    "green": ("绿", "绿色"),
    "yellow": ("黄", "黄色"),
    "grey": ("gray", "灰", "灰色"),
    "gray": ("grey", "灰", "灰色"),
    "pink": ("粉", "粉色", "粉红", "粉红色"),
    "purple": ("紫", "紫色"),
    "brown": ("棕", "棕色", "咖啡色", "褐色", "茶"),
    "beige": ("米", "米色", "杏色"),
    "orange": ("橙", "橙色", "橘色"),
    "silver": ("银", "银色"),
    "gold": ("金", "金色"),
    "khaki": ("卡其", "卡其色"),
    "s": ("小号", "small"),
    "m": ("中号", "medium"),
    "l": ("大号", "large"),
    "xl": ("加大", "加大号", "x-large", "extra large"),
    "xxl": ("特大", "特大号", "xx-large", "2xl"),
}

# Units as they are said: what they are called here, and how many of those one makes.
UNITS = {
    unit: (name, factor)
    for name, factor, spoken in (
        ("ml", 1, "ml cc 毫升"),
        ("ml", 1000, "l 升 公升 litre litres liter liters"),
        ("gb", 1, "gb"),
        ("gb", 1024, "tb t"),
        ("g", 1, "g 克"),
        ("g", 1000, "kg 公斤 千克"),
        ("in", 1, 'in inch inches 寸 英寸 "'),
        ("cm", 1, "cm 厘米 公分"),
        ("cm", 100, "m 米"),
        ("mah", 1, "mah 毫安 毫安时"),
        ("w", 1, "w 瓦"),
    )
    for unit in spoken.split()
}
_MEASURE = re.compile(
    r"(\d+(?:\.\d+)?)\s*-?\s*([a-z\"]+|[\u4e00-\u9fff]+?)(?:版本?|床)?"
)


def fits(variant: Variant, said: Mapping[str, str]) -> bool:
    """Whether the variant has every value that was said, whatever its name."""
    has = {_plain(value) for value in variant.options.values()}
    return all(_same(_plain(value), has) for value in said.values())


def among(text: str, variants: Sequence[Variant], old: Variant) -> dict[str, str]:
    """The options of these variants that the words name, one value an option.

    Where several are named ("not XL but L"), the old one is not the one that is wanted,
    and of others the last is.
    """
    found: dict[str, tuple[bool, int, str]] = {}
    for variant in variants:
        for name, value in variant.options.items():
            at = _last(text, variant, name)
            rank = (value != old.options.get(name), at, str(value))
            if at >= 0:
                found[name] = max(rank, found.get(name, rank))
    return {name: value for name, (_new, _at, value) in found.items()}


def said(
    text: str, heard: Mapping[str, str], variants: Sequence[Variant], old: Variant
) -> dict[str, str]:
    """What is wanted: as the catalogue writes it, else as it was `heard`."""
    found = among(text, variants, old)
    if not found:
        return dict(heard)
    return {name: v for name, v in heard.items() if name in old.options} | found


def nearest(
    variants: Sequence[Variant], said: Mapping[str, str], old: Variant
) -> list[Variant]:
    """Those that are as said and otherwise most like the old one."""
    fitting = [one for one in variants if fits(one, said)]
    most = max((_alike(one, old) for one in fitting), default=0)
    return [one for one in fitting if _alike(one, old) == most]


def _alike(one: Variant, other: Variant) -> int:
    return len(one.options.items() & other.options.items())


def _last(text: str, variant: Variant, option: str) -> int:
    """Where the variant's value is named last in the words, or -1."""
    value = str(variant.options[option])
    localized = variant.localized.get(option) or {}
    words = {value, pick(localized, "zh"), pick(localized, "en")}
    words |= set(SPOKEN.get(_plain(value), ()))
    folded = unicodedata.normalize("NFKC", text).casefold()
    hits = [
        found.start()
        for word in words
        if word
        for found in re.finditer(_stands_alone(word.casefold()), folded)
    ]
    return max(hits, default=-1)


def _stands_alone(word: str) -> str:
    """The word, and no part of another one; Chinese has no gaps between words."""
    if not word.isascii():
        return re.escape(word)
    return rf"(?<![a-z0-9'’.]){re.escape(word)}(?![a-z0-9'’]|\.\d)"


def _same(said: str, has: set[str]) -> bool:
    return any(
        said == value
        or said in SPOKEN.get(value, ())
        or value in SPOKEN.get(said, ())
        or _is_short_for(said, value)
        for value in has
    )


def _is_short_for(said: str, value: str) -> bool:
    """Whether it leaves out the unit, or half of it: 512, 512g, 512GB."""
    measure = _MEASURE.fullmatch(value)
    if measure is None:
        return False
    return said == measure[1] or (measure[2] == "gb" and said == f"{measure[1]}g")


def _plain(value: str) -> str:
    """Without the unit words of sizes, and measures in one unit: "0.5 L" is "500ml"."""
    plain = unicodedata.normalize("NFKC", str(value)).casefold().strip()
    plain = plain.removeprefix("size ").strip()
    for ending in ("号码", "码", "轴"):
        plain = plain.removesuffix(ending).strip()
    measure = _MEASURE.fullmatch(plain)
    if measure is None or measure[2] not in UNITS:
        return plain
    name, factor = UNITS[measure[2]]
    return f"{round(float(measure[1]) * factor, 3):g}{name}"
