"""What was paid for a piece: its share of the discount, exact in the sum."""

import random
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest

from orders import aftersales
from orders.models import Case, Order
from orders.pieces import Swap
from tests import factories
from tests.orders import shop as shops
from tests.orders.shop import STAFF, Shop

pytestmark = pytest.mark.django_db

CENT = Fraction(1, 100)


@dataclass(frozen=True, kw_only=True)
class Golden:
    """Lines of (price, pieces); cases of pieces by line; what each case brings."""

    lines: tuple[tuple[str, int], ...]
    discount: str
    cases: tuple[tuple[int, ...], ...]
    amounts: tuple[str, ...]


# By hand: a share is what its goods cost, times paid / goods; cents are cut from the
# running sum, lines and pieces in their order.
GOLDEN = [
    Golden(lines=(("10.00", 1),), discount="0", cases=((1,),), amounts=("10.00",)),
    Golden(lines=(("10.00", 1),), discount="3.33", cases=((1,),), amounts=("6.67",)),
    Golden(lines=(("10.00", 1),), discount="10", cases=((1,),), amounts=("0.00",)),
    Golden(lines=(("0.00", 2),), discount="0", cases=((1,), (1,)), amounts=("0", "0")),
    # 20.00 for three: 6.67, 13.33, 20.00.
    Golden(
        lines=(("10.00", 3),),
        discount="10.00",
        cases=((1,), (1,), (1,)),
        amounts=("6.67", "6.66", "6.67"),
    ),
    Golden(
        lines=(("10.00", 3),),
        discount="10.00",
        cases=((2,), (1,)),
        amounts=("13.33", "6.67"),
    ),
    Golden(lines=(("10.00", 3),), discount="10.00", cases=((3,),), amounts=("20.00",)),
    # 29.99 for three: 9.9967, 19.9933, 29.99.
    Golden(
        lines=(("10.00", 3),),
        discount="0.01",
        cases=((1,), (1,), (1,)),
        amounts=("10.00", "9.99", "10.00"),
    ),
    # 10.00 for three of 9.99: 3.33, 6.67, 10.00.
    Golden(
        lines=(("9.99", 3),),
        discount="19.97",
        cases=((1,), (2,)),
        amounts=("3.33", "6.67"),
    ),
    # 1 cent for two: half a cent is one.
    Golden(
        lines=(("10.00", 2),),
        discount="19.99",
        cases=((1,), (1,)),
        amounts=("0.01", "0.00"),
    ),
    # 90 of 100 for two lines.
    Golden(
        lines=(("75.00", 1), ("25.00", 1)),
        discount="10.00",
        cases=((1, 0), (0, 1)),
        amounts=("67.50", "22.50"),
    ),
    Golden(
        lines=(("75.00", 1), ("25.00", 1)),
        discount="10.00",
        cases=((0, 1), (1, 0)),
        amounts=("22.50", "67.50"),
    ),
    # 50.00 of 66.66: ends at 25.00 and 50.00.
    Golden(
        lines=(("33.33", 1), ("33.33", 1)),
        discount="16.66",
        cases=((0, 1), (1, 0)),
        amounts=("25.00", "25.00"),
    ),
    # 100.00 of 100.01: 33.34 becomes 33.3367, 66.67 becomes 66.6633.
    Golden(
        lines=(("33.34", 1), ("33.33", 1), ("33.34", 1)),
        discount="0.01",
        cases=((0, 1, 0), (1, 0, 0), (0, 0, 1)),
        amounts=("33.32", "33.34", "33.34"),
    ),
    Golden(
        lines=(("99.00", 2), ("0.01", 1)),
        discount="0.01",
        cases=((0, 1), (2, 0)),
        amounts=("0.01", "197.99"),
    ),
    Golden(
        lines=(("19.99", 1), ("0.00", 1)),
        discount="5.00",
        cases=((0, 1), (1, 0)),
        amounts=("0.00", "14.99"),
    ),
]


def bought(shop: Shop, golden: Golden) -> Order:
    variants = {
        factories.variant(price=Decimal(price)): count for price, count in golden.lines
    }
    return shops.order(
        shop.anna,
        variants,
        shop.card,
        status=Order.Status.DELIVERED,
        discount=Decimal(golden.discount),
        shipping_fee=Decimal("5.00"),
    )


def give_back(shop: Shop, order: Order, counts: tuple[int, ...]) -> Case:
    lines = order.lines.select_related("variant").order_by("pk")
    items = {
        line.variant.sku: count
        for line, count in zip(lines, counts, strict=True)
        if count
    }
    return aftersales.open_return(order.number, items=items, by=shop.by())


@pytest.mark.parametrize("golden", GOLDEN)
def test_shares_are_as_worked_out_by_hand(shop: Shop, golden: Golden) -> None:
    order = bought(shop, golden)
    found = [give_back(shop, order, counts).refund_amount for counts in golden.cases]
    assert found == [Decimal(amount) for amount in golden.amounts]


@pytest.mark.parametrize("seed", range(40))
def test_shares_are_within_a_cent_and_exact_together(shop: Shop, seed: int) -> None:
    dice = random.Random(seed)
    lines = tuple(
        (str(Decimal(dice.randint(0, 20000)) / 100), dice.randint(1, 4))
        for _ in range(dice.randint(1, 4))
    )
    goods = sum((Fraction(price) * count for price, count in lines), Fraction())
    discount = Decimal(dice.randint(0, int(goods * 100))) / 100
    order = bought(
        shop, Golden(lines=lines, discount=str(discount), cases=(), amounts=())
    )
    paid = goods - Fraction(discount)
    pieces = [
        number for number, (_price, count) in enumerate(lines) for _ in range(count)
    ]
    dice.shuffle(pieces)
    total = Fraction()
    for number in pieces:
        case = give_back(shop, order, one_of(number, len(lines)))
        assert case.refund_amount is not None
        exact = Fraction(lines[number][0]) * paid / goods if goods else 0
        assert abs(Fraction(case.refund_amount) - exact) <= CENT
        total += Fraction(case.refund_amount)
    assert total == paid


def one_of(number: int, lines: int) -> tuple[int, ...]:
    return tuple(int(line == number) for line in range(lines))


@pytest.mark.parametrize("seed", range(10))
def test_rejected_cases_lose_no_cent(shop: Shop, seed: int) -> None:
    """Pieces that come, are refused and come again bring the same in the end."""
    dice = random.Random(seed)
    golden = Golden(lines=(("10.00", 7),), discount="69.96", cases=(), amounts=())
    order = bought(shop, golden)
    live: list[Case] = []
    for _ in range(15):
        if len(live) < 7 and dice.random() < 0.6:
            live.append(give_back(shop, order, (1,)))
        elif live:
            case = live.pop(dice.randrange(len(live)))
            aftersales.reject(case.ref, decision="", by=STAFF)
    live += [give_back(shop, order, (1,)) for _ in range(7 - len(live))]
    amounts = [case.refund_amount or Decimal() for case in live]
    assert sum(amounts) == Decimal("0.04")


def test_cases_of_the_shops_files_count_as_the_first_pieces(shop: Shop) -> None:
    golden = Golden(lines=(("10.00", 3),), discount="10.00", cases=(), amounts=())
    order = bought(shop, golden)
    case = shops.case(order, refund_amount=None)
    case.lines.update(paid=None)
    assert give_back(shop, order, (2,)).refund_amount == Decimal("13.33")


def test_an_exchange_does_not_make_the_rest_dearer(shop: Shop) -> None:
    order = shops.order(
        shop.anna,
        {shop.red: 2},
        shop.card,
        status=Order.Status.DELIVERED,
        discount=Decimal("98.00"),
    )
    case = aftersales.open_exchange(
        order.number,
        swaps=[Swap(sku=shop.red.sku, new_sku=shop.gold.sku)],
        by=shop.by(),
    )
    aftersales.receive(case.ref, by=STAFF)
    aftersales.complete(case.ref, by=STAFF)
    assert give_back(shop, order, (1,)).refund_amount == Decimal("50.00")


@pytest.mark.parametrize(
    ("discount", "new", "difference"),
    [
        ("98.00", "red", "0.00"),
        ("98.00", "gold", "250.00"),
        ("98.00", "blue", "59.50"),
        ("0.01", "blue", "10.50"),
        ("0.00", "blue", "10.50"),
    ],
)
def test_an_exchanged_piece_counts_for_its_share(
    shop: Shop, discount: str, new: str, difference: str
) -> None:
    order = shops.order(
        shop.anna,
        {shop.red: 2},
        shop.card,
        status=Order.Status.DELIVERED,
        discount=Decimal(discount),
    )
    swap = Swap(sku=shop.red.sku, new_sku=getattr(shop, new).sku)
    case = aftersales.open_exchange(order.number, swaps=[swap], by=shop.by())
    assert case.difference == Decimal(difference)


@pytest.mark.parametrize("seed", range(10))
def test_to_exchange_and_to_return_count_alike(shop: Shop, seed: int) -> None:
    dice = random.Random(seed)
    order = shops.order(
        shop.anna,
        {shop.red: 3, shop.toaster: 2},
        shop.card,
        status=Order.Status.DELIVERED,
        discount=Decimal(dice.randint(0, 20000)) / 100,
    )
    count = dice.randint(1, 3)
    swap = Swap(sku=shop.red.sku, new_sku=shop.gold.sku, quantity=count)
    now = shop.by().at
    exchange = aftersales.quote_exchange(order, [swap], now=now)
    back = aftersales.quote_return(order, {shop.red.sku: count}, now=now)
    assert exchange.difference == shop.gold.price * count - back.amount


def test_an_order_not_paid_yet_counts_what_it_costs(shop: Shop) -> None:
    order = shops.order(shop.anna, {shop.red: 1}, status=Order.Status.DELIVERED)
    swap = Swap(sku=shop.red.sku, new_sku=shop.blue.sku)
    quote = aftersales.quote_exchange(order, [swap], now=shop.by().at)
    assert quote.difference == Decimal("10.50")
