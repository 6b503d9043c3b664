"""Whoever writes at once on PostgreSQL: one gets it, the others a refusal."""

import random
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from orders import aftersales, changes, tools
from orders.acting import By
from orders.balance import held
from orders.models import AuditEntry, Case, Order, Payment, PaymentMethod, Variant
from orders.pieces import Swap
from orders.refusal import Code, Refusal
from tests import factories
from tests.orders import shop as shops
from tests.orders.servers import race
from tests.orders.shop import STAFF, Shop, balance, stock

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("postgres")]

WORKERS = 200


@pytest.fixture
def shop(postgres: None) -> Shop:
    return Shop()


def won(results: list[Any]) -> int:
    return sum(not isinstance(result, Code) for result in results)


def losers(results: list[Any]) -> Counter[Code]:
    return Counter(result for result in results if isinstance(result, Code))


def test_a_gift_card_is_spent_once(shop: Shop) -> None:
    gift = shops.method(shop.anna, "99.00")
    orders = [shops.order(shop.anna, {shop.red: 1}, shop.card) for _ in range(WORKERS)]
    by = shop.by()
    results = race(
        [
            partial(changes.change_payment, order.number, method=gift.ref, by=by)
            for order in orders
        ]
    )
    assert won(results) == 1
    assert losers(results) == {Code.BALANCE_TOO_LOW: WORKERS - 1}
    assert balance(gift) == 0
    assert Payment.objects.filter(method=gift).count() == 1


def test_the_last_piece_is_taken_once(shop: Shop) -> None:
    Variant.objects.filter(pk=shop.blue.pk).update(stock=1)
    swaps = [Swap(sku=shop.red.sku, new_sku=shop.blue.sku)]
    by = shop.by()
    jobs: list[Callable[[], Any]] = []
    for _ in range(WORKERS // 2):
        order = shop.order()
        jobs.append(
            partial(
                changes.change_items,
                order.number,
                swaps=swaps,
                method=shop.card.ref,
                by=by,
            )
        )
        order = shop.order(Order.Status.DELIVERED)
        jobs.append(partial(aftersales.open_exchange, order.number, swaps=swaps, by=by))
    results = race(jobs)
    assert won(results) == 1
    assert losers(results) == {Code.SOLD_OUT: WORKERS - 1}
    assert stock(shop.blue) == 0


def test_a_yes_counts_once(shop: Shop) -> None:
    order, by = shop.order(), shop.by()
    arguments = {"number": order.number, "reason": "too_slow"}
    token = tools.propose("cancel_order", arguments, by=by).token
    results = race([partial(tools.confirm, token, by=by)] * WORKERS)
    assert won(results) == 1
    assert losers(results) == {Code.NOT_CONFIRMED: WORKERS - 1}
    assert order.payments.filter(kind="refund").count() == 1


def test_an_order_is_cancelled_once(shop: Shop) -> None:
    order, by = shop.order(), shop.by()
    cancel = partial(changes.cancel, order.number, reason="too_slow", by=by)
    results = race([cancel] * WORKERS)
    assert losers(results) == {Code.ALREADY_CANCELLED: WORKERS - 1}
    assert stock(shop.red) == 7


def test_one_key_has_one_effect_and_one_answer(shop: Shop) -> None:
    order = shop.order(Order.Status.DELIVERED)
    ask = partial(
        aftersales.open_return,
        order.number,
        items={shop.red.sku: 1},
        by=shop.by(key="k"),
    )
    results = race([ask] * 50)
    assert len({case.ref for case in results}) == 1
    assert (Case.objects.count(), AuditEntry.objects.count()) == (1, 1)


def test_one_key_on_two_orders_counts_for_one(shop: Shop) -> None:
    by = shop.by(key="k")
    orders = [shop.order() for _ in range(20)]
    results = race(
        [partial(changes.cancel, one.number, reason="other", by=by) for one in orders]
    )
    assert losers(results) == {Code.KEY_REUSED: 19}
    assert Order.objects.filter(status="cancelled").count() == 1


def test_two_gift_cards_change_places_without_a_deadlock(shop: Shop) -> None:
    one, other = (shops.method(shop.anna, "9999.00") for _ in range(2))
    jobs = []
    for _ in range(40):
        for old, new in ((one, other), (other, one)):
            order = shops.order(shop.anna, {shop.red: 1}, old)
            change = partial(changes.change_payment, order.number, method=new.ref)
            jobs.append(partial(change, by=shop.by()))
    assert won(race(jobs)) == 80
    assert (balance(one), balance(other)) == (Decimal(9999), Decimal(9999))


def test_two_variants_change_places_without_a_deadlock(shop: Shop) -> None:
    Variant.objects.update(stock=100)
    jobs = []
    for _ in range(40):
        for old, new in ((shop.red, shop.blue), (shop.blue, shop.red)):
            # Of customers of their own, who share nothing but the stock.
            order = shops.order(factories.customer(), {old: 1})
            paying = factories.method(order.customer)
            change = partial(changes.change_items, order.number, method=paying.ref)
            swaps = [Swap(sku=old.sku, new_sku=new.sku)]
            by = By(at=shops.NOW, customer=order.customer)
            jobs.append(partial(change, swaps=swaps, by=by))
    assert won(race(jobs)) == 80
    assert (stock(shop.red), stock(shop.blue)) == (100, 100)


def test_whatever_is_written_at_once_nobody_waits_for_ever(shop: Shop) -> None:
    gifts = [shop.gift, shops.method(shop.anna, "500.00")]
    orders = [
        shops.order(shop.anna, {shop.red: 2, shop.blue: 2}, method)
        for method in (shop.card, shop.other_card, *gifts)
    ]
    delivered = shop.order(Order.Status.DELIVERED)
    before = wealth(shop)
    jobs = [partial(wander, shop, [*orders, delivered], seed) for seed in range(40)]
    race(jobs)
    assert wealth(shop) == before
    for order in (*orders, delivered):
        assert held(order) >= 0


def wander(shop: Shop, orders: list[Order], seed: int) -> None:
    """Try one write after another, as they come."""
    dice = random.Random(seed)
    for _ in range(12):
        order, write = dice.choice(orders), dice.choice(WRITES)
        try:
            write(shop, order, dice)
        except Refusal:
            continue


def change_payment(shop: Shop, order: Order, dice: random.Random) -> None:
    method = dice.choice(list(shop.anna.payment_methods.all()))
    changes.change_payment(order.number, method=method.ref, by=shop.by())


def change_items(shop: Shop, order: Order, dice: random.Random) -> None:
    old, new = dice.sample([shop.red, shop.blue, shop.gold], 2)
    method = dice.choice(list(shop.anna.payment_methods.all()))
    changes.change_items(
        order.number,
        swaps=[Swap(sku=old.sku, new_sku=new.sku)],
        method=method.ref,
        by=shop.by(),
    )


def cancel(shop: Shop, order: Order, dice: random.Random) -> None:
    # Seldom: what is cancelled is out of the game.
    if dice.random() < 0.1:
        changes.cancel(order.number, reason="other", by=shop.by())


def exchange(shop: Shop, order: Order, dice: random.Random) -> None:
    swaps = [Swap(sku=shop.red.sku, new_sku=dice.choice([shop.blue, shop.gold]).sku)]
    aftersales.open_exchange(order.number, swaps=swaps, by=shop.by())


def give_back(shop: Shop, order: Order, dice: random.Random) -> None:
    items = {dice.choice([shop.red, shop.toaster]).sku: 1}
    aftersales.open_return(
        order.number, items=items, method=shop.gift.ref, by=shop.by()
    )


def decide(shop: Shop, order: Order, dice: random.Random) -> None:
    refs = list(Case.objects.values_list("ref", flat=True))
    if refs:
        move = dice.choice(
            [aftersales.receive, aftersales.complete, aftersales.withdraw]
        )
        move(dice.choice(refs), by=STAFF)


WRITES = (change_payment, change_items, cancel, exchange, give_back, decide)


def wealth(shop: Shop) -> tuple[Decimal, int]:
    """Money on gift cards, less what came in by them; pieces, wherever they are."""
    total = Decimal()
    for method in PaymentMethod.objects.all():
        total += method.balance or Decimal()
        for payment in method.payments.all() if method.balance is not None else ():
            total += payment.amount * (1 if payment.kind == "payment" else -1)
    pieces = sum(variant.stock for variant in Variant.objects.all())
    for order in Order.objects.exclude(status="cancelled"):
        pieces += sum(line.quantity for line in order.lines.all())
    for case in Case.objects.exclude(status="rejected"):
        pieces += len(case.replacement_skus)
    return total, pieces
