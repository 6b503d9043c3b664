"""Options as shoppers say them, matched with options as the catalogue writes them."""

from collections.abc import Mapping

from orders.models import Variant

# What a shopper may call a value that the catalogue writes in English.
SPOKEN = {
    "black": ("黑", "黑色", "曜石黑", "玄黑"),
    "white": ("白", "白色", "纯白"),
    "red": ("红", "红色", "大红"),
    "blue": ("蓝", "蓝色", "天蓝"),
    "navy": ("藏青", "藏青色", "深蓝", "深蓝色"),
    "green": ("绿", "绿色"),
    "yellow": ("黄", "黄色"),
    "grey": ("gray", "灰", "灰色"),
    "gray": ("grey", "灰", "灰色"),
    "pink": ("粉", "粉色", "粉红", "粉红色"),
    "purple": ("紫", "紫色"),
    "brown": ("棕", "棕色", "咖啡色", "褐色"),
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


def fits(variant: Variant, said: Mapping[str, str]) -> bool:
    """Whether the variant has every value that was said, whatever its name."""
    has = {_plain(value) for value in variant.options.values()}
    return all(_same(_plain(value), has) for value in said.values())


def _same(said: str, has: set[str]) -> bool:
    return any(
        said == value or said in SPOKEN.get(value, ()) or value in SPOKEN.get(said, ())
        for value in has
    )


def _plain(value: str) -> str:
    """Without the unit words of sizes: "42码" and "size 42" are "42"."""
    plain = str(value).casefold().strip().removeprefix("size ").strip()
    return plain.removesuffix("号码").removesuffix("码").strip()
