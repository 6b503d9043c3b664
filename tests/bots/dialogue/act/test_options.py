"""Options as shoppers say them fit options as the catalogue has them."""

import pytest

from bots.dialogue.act.options import fits
from orders.models import Variant

SHOE = Variant(options={"color": "black", "size": "42"})
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
        (Variant(options={}), {"color": "black"}),
    ],
)
def test_it_does_not_fit(variant: Variant, said: dict[str, str]) -> None:
    assert not fits(variant, said)
