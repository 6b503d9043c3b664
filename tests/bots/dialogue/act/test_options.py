"""Options as shoppers say them fit options as the catalogue has them."""

import pytest

from bots.dialogue.act.options import among, fits, nearest
from orders.models import Variant

SHOE = Variant(options={"color": "black", "size": "42"})
BOTTLE = Variant(options={"capacity": "750ml"})
CASE = Variant(options={"size": "24 inch"})
PHONE = Variant(options={"capacity": "512GB", "color": "black"})
BED = Variant(options={"size": "1.8m"})
KEYS = Variant(options={"switch": "red"})
SHIRT = Variant(options={"colour": "Gray", "size": "XL"})


@pytest.mark.parametrize(
    ("variant", "said"),
    [
        (SHOE, {}),
        (SHOE, {"color": "Black"}),
        (SHOE, {"any name": "黑色"}),
        (SHOE, {"size": "42码"}),
        (SHOE, {"size": "42号码"}),
        (SHOE, {"size": "Size 42", "color": "黑"}),
        (SHIRT, {"color": "grey"}),
        (SHIRT, {"color": "灰色"}),
        (SHIRT, {"size": "加大"}),
        (SHIRT, {"size": "extra large"}),
        (BOTTLE, {"capacity": "750毫升"}),
        (BOTTLE, {"capacity": "0.75L"}),
        (BOTTLE, {"capacity": "750 ML"}),
        (CASE, {"size": "24寸"}),
        (CASE, {"size": "24英寸"}),
        (CASE, {"size": '24"'}),
        (CASE, {"size": "24"}),
        (PHONE, {"capacity": "512G", "color": "黑"}),
        (PHONE, {"capacity": "512"}),
        (BED, {"size": "180 cm"}),
        (BED, {"size": "1.8米床"}),
        (KEYS, {"switch": "红轴"}),
    ],
)
def test_it_fits(variant: Variant, said: dict[str, str]) -> None:
    assert fits(variant, said)


@pytest.mark.parametrize(
    ("variant", "said"),
    [
        (SHOE, {"color": "white"}),
        (SHOE, {"color": "black", "size": "43"}),
        (SHIRT, {"size": "L"}),
        (BOTTLE, {"capacity": "75ml"}),
        (BOTTLE, {"capacity": "750L"}),
        (CASE, {"size": "20寸"}),
        (PHONE, {"capacity": "256G"}),
        (KEYS, {"switch": "茶轴"}),
        (Variant(options={}), {"color": "black"}),
    ],
)
def test_it_does_not_fit(variant: Variant, said: dict[str, str]) -> None:
    assert not fits(variant, said)


SHOES = [
    Variant(sku=f"{size}-{colour}", options={"size": size, "color": colour})
    for size in ("XL", "L")
    for colour in ("black", "white")
]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the white one", {"color": "white"}),
        ("换成白色的", {"color": "white"}),
        ("XL 换成 L", {"size": "L"}),
        ("can I have L instead of XL", {"size": "L"}),
        ("not XL but L, and in white", {"size": "L", "color": "white"}),
        ("it's black", {"color": "black"}),
        ("I'll tell you later", {}),
        ("随便", {}),
    ],
)
def test_the_wanted_value_is_told_from_the_old(text: str, said: dict[str, str]) -> None:
    assert among(text, SHOES, SHOES[0]) == said


def test_what_is_not_said_stays_as_it_was() -> None:
    assert [one.sku for one in nearest(SHOES, {"size": "L"}, SHOES[0])] == ["L-black"]
