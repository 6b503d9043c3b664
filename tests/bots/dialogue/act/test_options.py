"""Options as shoppers say them fit options as the catalogue has them."""

import pytest

from bots.dialogue.act.options import fits
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
