"""Exchange, repair, refund for what went wrong, and taking one of them back."""

from collections.abc import Callable

import pytest

from tests.shopper import Shopper
from tests.stack import Embedded

Open = Callable[..., Shopper]

TALKS = [
    (
        "exchange",
        "C1034",
        "SO100143",
        "I'd like to exchange the T-shirt of SO100143 for size M",
        "yes",
    ),
    ("exchange", "C1020", "SO100154", "SO100154想换成绿色", "好的"),
    (
        "repair",
        "C1037",
        "SO100155",
        "the microphone of SO100155 stopped working, I want it repaired",
        "yes please",
    ),
    ("repair", "C1006", "SO100158", "SO100158的充电宝充不进电了，想保修", "好的"),
    ("refund", "C1036", "SO100152", "the candle of SO100152 arrived broken", "yes"),
    ("refund", "C1022", "SO100159", "SO100159收到就碎了", "好的"),
]


def newest(shop: Embedded, number: str) -> str:
    """The kind, the status and the number of the order's newest case, or ""."""
    return shop.shell(
        "from orders.models import Case;"
        f"case = Case.objects.filter(order__number='{number}').first();"
        "print(case and f'{case.kind} {case.status} {case.ref}' or '')"
    )


@pytest.mark.parametrize(("kind", "customer", "number", "wish", "yes"), TALKS)
def test_a_yes_opens_the_case_and_gives_its_number(
    shopper: Open,
    shop: Embedded,
    kind: str,
    customer: str,
    number: str,
    wish: str,
    yes: str,
) -> None:
    guest = shopper(customer=customer)
    assert number in guest.say(wish)
    assert newest(shop, number) == ""
    told = guest.say(yes)
    opened, status, ref = newest(shop, number).split()
    assert (opened, status) == (kind, "requested")
    assert ref in told


@pytest.mark.parametrize(
    ("customer", "number", "wish", "yes"),
    [
        ("C1028", "SO100145", "cancel my return for SO100145", "yes"),
        ("C1004", "SO100163", "取消SO100163的退货申请", "好的"),
    ],
)
def test_a_return_is_taken_back(
    shopper: Open, shop: Embedded, customer: str, number: str, wish: str, yes: str
) -> None:
    guest = shopper(customer=customer)
    assert number in guest.say(wish)
    assert "rejected" not in newest(shop, number)
    guest.say(yes)
    assert "return rejected" in newest(shop, number)


def test_a_photo_is_asked_for_and_a_person_offered(shopper: Open) -> None:
    guest = shopper(customer="C1026")
    guest.say("SO100156收到就摔坏了")
    assert "照片" in guest.say("好的")
    assert "转人工" in guest.buttons
