"""One argument of a write is wrong: a typed refusal in words, and nothing is changed."""

from collections.abc import Callable

import pytest

from orders.models import PaymentMethod, PolicyTerms, Variant
from orders.refusal import Code
from orders.tools.register import TOOLS
from tests import factories
from tests.orders.calls import GOOD, Arguments, item, ready, swap, write
from tests.orders.shop import Shop, refuses

pytestmark = pytest.mark.django_db

Made = Callable[[Shop], Arguments]


def empty(shop: Shop) -> PaymentMethod:
    PaymentMethod.objects.filter(pk=shop.gift.pk).update(balance=0)
    return shop.gift


# A write, what is wrong with its arguments, and the answer.
WRONG: list[tuple[str, str, Made, Code]] = [
    ("cancel_order", "no such reason", lambda _: {"reason": "x"}, Code.INVALID_REASON),
    (
        "change_address",
        "no street",
        lambda _: {"address": {"line1": "", "city": "Bath"}},
        Code.INVALID_ADDRESS,
    ),
    (
        "change_address",
        "no city",
        lambda _: {"address": {"line1": "1 Road", "city": ""}},
        Code.INVALID_ADDRESS,
    ),
    (
        "change_payment",
        "unknown method",
        lambda _: {"method": "pm0"},
        Code.METHOD_NOT_FOUND,
    ),
    (
        "change_payment",
        "another's method",
        lambda _: {"method": factories.method(factories.customer()).ref},
        Code.METHOD_NOT_FOUND,
    ),
    (
        "change_payment",
        "the same method",
        lambda s: {"method": s.card.ref},
        Code.SAME_METHOD,
    ),
    (
        "change_payment",
        "poor gift card",
        lambda s: {"method": s.gift.ref},
        Code.BALANCE_TOO_LOW,
    ),
    (
        "change_items",
        "unknown method",
        lambda s: {**swap(s.red.sku, s.blue.sku), "method": "pm0"},
        Code.METHOD_NOT_FOUND,
    ),
    (
        "change_items",
        "poor gift card",
        lambda s: {**swap(s.red.sku, s.gold.sku), "method": s.gift.ref},
        Code.BALANCE_TOO_LOW,
    ),
    (
        "change_delivery",
        "nothing to change",
        lambda _: {},
        Code.NOTHING_CHANGED,
    ),
    (
        "change_delivery",
        "no such way",
        lambda _: {"method": "balloon"},
        Code.INVALID_DELIVERY,
    ),
    (
        "change_delivery",
        "yesterday",
        lambda _: {"on": "2026-03-09"},
        Code.INVALID_DELIVERY,
    ),
    (
        "change_delivery",
        "unknown method",
        lambda _: {"method": "express", "pay_with": "pm0"},
        Code.METHOD_NOT_FOUND,
    ),
    (
        "change_delivery",
        "empty gift card",
        lambda s: {"method": "express", "pay_with": empty(s).ref},
        Code.BALANCE_TOO_LOW,
    ),
    (
        "open_return",
        "unknown method",
        lambda s: {**item(s.red.sku), "method": "pm0"},
        Code.METHOD_NOT_FOUND,
    ),
    (
        "open_return",
        "a card that never paid",
        lambda s: {**item(s.red.sku), "method": s.other_card.ref},
        Code.METHOD_NOT_ALLOWED,
    ),
    (
        "open_refund",
        "a card that never paid",
        lambda s: {
            **item(s.red.sku),
            "ground": "damaged",
            "method": s.other_card.ref,
        },
        Code.METHOD_NOT_ALLOWED,
    ),
    (
        "open_refund",
        "a ground for a return",
        lambda s: {**item(s.red.sku), "ground": "changed_mind"},
        Code.INVALID_GROUND,
    ),
    (
        "open_exchange",
        "unknown method",
        lambda s: {**swap(s.red.sku, s.blue.sku), "method": "pm0"},
        Code.METHOD_NOT_FOUND,
    ),
    (
        "open_exchange",
        "poor gift card",
        lambda s: {**swap(s.red.sku, s.gold.sku), "method": s.gift.ref},
        Code.BALANCE_TOO_LOW,
    ),
]


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        pytest.param(name, made, code, id=f"{name}: {what}")
        for name, what, made, code in WRONG
    ],
)
def test_a_wrong_argument_changes_nothing(
    shop: Shop, name: str, arguments: Made, code: Code
) -> None:
    given = {"number": ready(shop, name).number, **arguments(shop)}
    with refuses(code):
        write(name, given, shop)


WRONG_ITEMS: dict[str, tuple[Made, Code]] = {
    "none": (lambda _: {"items": []}, Code.NO_ITEMS),
    "of no line": (lambda s: item(s.gold.sku), Code.LINE_NOT_IN_ORDER),
    "unknown": (lambda _: item("S0"), Code.LINE_NOT_IN_ORDER),
    "too many": (lambda s: item(s.red.sku, 3), Code.TOO_MANY_PIECES),
    "one unknown among known": (
        lambda s: {"items": [{"sku": s.red.sku}, {"sku": "S0"}]},
        Code.LINE_NOT_IN_ORDER,
    ),
    "too many by naming it twice": (
        lambda s: {"items": [{"sku": s.red.sku, "quantity": 2}, {"sku": s.red.sku}]},
        Code.TOO_MANY_PIECES,
    ),
    "a number of none": (lambda s: item(s.red.sku, 0), Code.MALFORMED),
    "a negative number": (lambda s: item(s.red.sku, -1), Code.MALFORMED),
}


@pytest.mark.parametrize("wrong", WRONG_ITEMS)
@pytest.mark.parametrize("name", ["open_return", "open_repair", "open_refund"])
def test_wrong_items_change_nothing(shop: Shop, name: str, wrong: str) -> None:
    made, code = WRONG_ITEMS[wrong]
    order = ready(shop, name)
    with refuses(code):
        write(name, {"number": order.number, **GOOD[name](shop), **made(shop)}, shop)


def last_two(shop: Shop) -> Arguments:
    Variant.objects.filter(pk=shop.blue.pk).update(stock=1)
    return swap(shop.red.sku, shop.blue.sku, 2)


WRONG_SWAPS: dict[str, tuple[Made, Code]] = {
    "none": (lambda _: {"swaps": []}, Code.NO_ITEMS),
    "of no line": (lambda s: swap(s.gold.sku, s.red.sku), Code.LINE_NOT_IN_ORDER),
    "too many": (lambda s: swap(s.red.sku, s.blue.sku, 3), Code.TOO_MANY_PIECES),
    "for an unknown one": (lambda s: swap(s.red.sku, "S0"), Code.NEW_ITEM_UNKNOWN),
    "for another product": (
        lambda s: swap(s.red.sku, s.toaster.sku),
        Code.OTHER_PRODUCT,
    ),
    "for a sold-out one": (lambda s: swap(s.red.sku, s.sold_out.sku), Code.SOLD_OUT),
    "twice what is left": (last_two, Code.SOLD_OUT),
    "one that is well and one not": (
        lambda s: {
            "swaps": [
                {"sku": s.red.sku, "new_sku": s.blue.sku},
                {"sku": s.red.sku, "new_sku": s.sold_out.sku},
            ]
        },
        Code.SOLD_OUT,
    ),
    "too many by naming it twice": (
        lambda s: {"swaps": [*swap(s.red.sku, s.blue.sku, 2)["swaps"]] * 2},
        Code.TOO_MANY_PIECES,
    ),
    "a number of none": (
        lambda s: swap(s.red.sku, s.blue.sku, 0),
        Code.MALFORMED,
    ),
}


@pytest.mark.parametrize("wrong", WRONG_SWAPS)
@pytest.mark.parametrize("name", ["change_items", "open_exchange"])
def test_wrong_swaps_change_nothing(shop: Shop, name: str, wrong: str) -> None:
    made, code = WRONG_SWAPS[wrong]
    order = ready(shop, name)
    given = {"number": order.number, **GOOD[name](shop), **made(shop)}
    with refuses(code):
        write(name, given, shop)


@pytest.mark.parametrize(
    ("terms", "name", "code"),
    [
        ("same_variant_change", "change_items", Code.SAME_VARIANT),
        ("same_variant_exchange", "open_exchange", Code.SAME_VARIANT),
    ],
)
def test_the_variant_that_it_is_already(
    shop: Shop, terms: str, name: str, code: Code
) -> None:
    same = {**GOOD[name](shop), **swap(shop.red.sku, shop.red.sku)}
    PolicyTerms.objects.update(**{terms: False})
    given = {"number": ready(shop, name).number, **same}
    with refuses(code):
        write(name, given, shop)
    PolicyTerms.objects.update(**{terms: True})
    write(name, given, shop)


def test_the_register_says_every_refusal_that_a_write_has(shop: Shop) -> None:
    for name, what, _arguments, code in WRONG:
        assert code in TOOLS[name].errors, (name, what)
