"""Opening a return, inside the window and after it."""

from collections.abc import Callable

from tests.shopper import Shopper
from tests.stack import Embedded

Open = Callable[..., Shopper]


def cases(shop: Embedded, number: str) -> str:
    return shop.shell(
        "from orders.models import Case;"
        f"print(Case.objects.filter(order__number='{number}').count())"
    )


def test_a_yes_opens_the_return_and_gives_its_number(
    shopper: Open, shop: Embedded
) -> None:
    number = "SO100140"
    guest = shopper(customer="C1029")
    assert "¥" in guest.say(f"I'd like to send {number} back, it is too small")
    assert cases(shop, number) == "0"
    assert "number" in guest.say("yes please")
    assert cases(shop, number) == "1"


def test_the_same_in_chinese(shopper: Open, shop: Embedded) -> None:
    number = "SO100167"
    guest = shopper(customer="C1008")
    assert "¥" in guest.say(f"{number}我要退货，穿着不合适")
    assert "编号" in guest.say("好的")
    assert cases(shop, number) == "1"


def test_after_the_window_it_is_refused_with_the_day(
    shopper: Open, shop: Embedded
) -> None:
    number = "SO100131"
    told = shopper(customer="C1034").say(f"return {number} please")
    assert "7 days" in told
    assert cases(shop, number) == "0"
