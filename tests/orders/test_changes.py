"""What is not packed yet can be sent elsewhere, paid otherwise, or become another."""

from datetime import date
from decimal import Decimal

import pytest

from orders import changes, money
from orders.models import Order, PolicyTerms, Variant
from orders.pieces import Swap
from orders.refusal import Code
from tests.orders import shop as shops
from tests.orders.shop import ADDRESS, Shop, balance, booked, pay, refuses, stock

pytestmark = pytest.mark.django_db


def lines(order: Order) -> list[tuple[str, int, Decimal]]:
    return list(order.lines.values_list("variant__sku", "quantity", "unit_price"))


def held(order: Order) -> Decimal:
    return money.held(Order.objects.get(pk=order.pk))


def test_the_whole_address_is_replaced_but_for_who_gets_it(shop: Shop) -> None:
    old = {"recipient": "Anna", "phone": "1", "line1": "Old", "postcode": "0"}
    order = shop.order(address=old)
    changes.change_address(order.number, address=ADDRESS, by=shop.by())
    order.refresh_from_db()
    assert order.address == {"recipient": "Anna", "phone": "1", **ADDRESS}


def test_the_profile_keeps_its_own_address(shop: Shop) -> None:
    order = shop.order(address={"line1": "Old", "city": "Ely"})
    changes.change_default_address(shop.anna.ref, address=ADDRESS, by=shop.by())
    order.refresh_from_db()
    assert order.address == {"line1": "Old", "city": "Ely"}
    assert shop.anna.__class__.objects.get(pk=shop.anna.pk).address == ADDRESS


def test_another_method_pays_and_the_old_one_gets_its_money_back(shop: Shop) -> None:
    order = shops.order(shop.anna, {shop.red: 1}, shop.card)
    gift = shops.method(shop.anna, "99.00")
    changes.change_payment(order.number, method=gift.ref, by=shop.by())
    assert booked(order, "payment") == {shop.card: Decimal(99), gift: Decimal(99)}
    assert booked(order) == {shop.card: Decimal(99)}
    assert balance(gift) == 0


def test_a_gift_card_gets_its_money_back_at_once(shop: Shop) -> None:
    order = shops.order(shop.anna, {shop.red: 1}, shop.gift)
    changes.change_payment(order.number, method=shop.card.ref, by=shop.by())
    assert balance(shop.gift) == Decimal("119.00")


def test_one_of_two_pieces_becomes_another(shop: Shop) -> None:
    order = shop.order()
    changes.change_items(
        order.number,
        swaps=[Swap(sku=shop.red.sku, new_sku=shop.blue.sku)],
        method=shop.card.ref,
        by=shop.by(),
    )
    assert lines(order) == [
        (shop.red.sku, 1, Decimal("99.00")),
        (shop.toaster.sku, 1, Decimal("99.00")),
        (shop.blue.sku, 1, Decimal("109.50")),
    ]
    assert (stock(shop.red), stock(shop.blue)) == (6, 4)
    assert held(order) == Decimal("307.50")


def test_pieces_of_one_line_become_two_others(shop: Shop) -> None:
    order = shop.order()
    changes.change_items(
        order.number,
        swaps=[
            Swap(sku=shop.red.sku, new_sku=shop.blue.sku),
            Swap(sku=shop.red.sku, new_sku=shop.gold.sku),
        ],
        method=shop.card.ref,
        by=shop.by(),
    )
    assert [(sku, count) for sku, count, _price in lines(order)] == [
        (shop.gold.sku, 1),
        (shop.toaster.sku, 1),
        (shop.blue.sku, 1),
    ]
    assert held(order) == order.__class__.objects.get(pk=order.pk).total


def test_cheaper_pieces_bring_money_back(shop: Shop) -> None:
    order = shops.order(shop.anna, {shop.blue: 2}, shop.card)
    changes.change_items(
        order.number,
        swaps=[Swap(sku=shop.blue.sku, new_sku=shop.red.sku, quantity=2)],
        method=shop.gift.ref,
        by=shop.by(),
    )
    assert booked(order) == {shop.gift: Decimal("21.00")}
    assert balance(shop.gift) == Decimal("41.00")


def test_a_discount_is_never_more_than_the_goods(shop: Shop) -> None:
    order = shops.order(
        shop.anna, {shop.gold: 1}, shop.card, discount=Decimal("250.00")
    )
    changes.change_items(
        order.number,
        swaps=[Swap(sku=shop.gold.sku, new_sku=shop.red.sku)],
        method=shop.card.ref,
        by=shop.by(),
    )
    order.refresh_from_db()
    assert (order.discount, held(order)) == (Decimal("99.00"), Decimal("0.00"))


def test_stock_that_is_not_counted_stays(shop: Shop) -> None:
    Variant.objects.filter(pk=shop.blue.pk).update(counted=False, stock=1)
    order = shop.order()
    changes.change_items(
        order.number,
        swaps=[Swap(sku=shop.red.sku, new_sku=shop.blue.sku, quantity=2)],
        method=shop.card.ref,
        by=shop.by(),
    )
    assert stock(shop.blue) == 1


def test_a_dearer_way_is_charged_to_what_pays_the_order(shop: Shop) -> None:
    order = shops.order(shop.anna, {shop.red: 1}, shop.card)
    changes.change_payment(order.number, method=shop.other_card.ref, by=shop.by())
    changes.change_delivery(order.number, method="express", by=shop.by())
    assert booked(order, "payment")[shop.other_card] == Decimal("114.00")
    order.refresh_from_db()
    assert order.shipping_fee == Decimal("15.00")


def test_a_cheaper_way_brings_money_back_to_where_it_came_from(shop: Shop) -> None:
    order = shop.order(shipping_fee=Decimal("15.00"), delivery_method="express")
    changes.change_delivery(
        order.number, method="standard", pay_with=shop.gift.ref, by=shop.by()
    )
    assert booked(order) == {shop.card: Decimal("15.00")}
    assert balance(shop.gift) == Decimal("20.00")


def test_what_was_not_paid_is_not_charged(shop: Shop) -> None:
    order = shops.order(shop.anna, {shop.red: 1})
    changes.change_delivery(order.number, method="express", by=shop.by())
    assert not order.payments.exists()


def test_a_day_and_a_note_can_be_wished_for(shop: Shop) -> None:
    order = shop.order()
    changes.change_delivery(
        order.number, on=date(2026, 3, 10), note="Ring twice", by=shop.by()
    )
    order.refresh_from_db()
    assert (order.deliver_on, order.delivery_note) == (date(2026, 3, 10), "Ring twice")


def test_the_same_wish_again_is_refused_as_nothing_new(shop: Shop) -> None:
    order = shop.order(delivery_note="Ring twice")
    with refuses(Code.NOTHING_CHANGED):
        changes.change_delivery(order.number, note="Ring twice", by=shop.by())


def test_an_item_change_closes_the_order_where_terms_say_so(shop: Shop) -> None:
    order = shop.order()
    PolicyTerms.objects.update(item_change_closes_order=False)
    for _ in range(2):
        changes.change_items(
            order.number,
            swaps=[Swap(sku=shop.red.sku, new_sku=shop.blue.sku)],
            method=shop.card.ref,
            by=shop.by(),
        )
    assert stock(shop.blue) == 3


def test_cents_add_up_on_a_gift_card(shop: Shop) -> None:
    # 0.10 + 0.20 - 0.10 is less than 0.20 in floats, which SQLite calculates in.
    gift = shops.method(shop.anna, "0.10")
    order = shops.order(shop.anna, {})
    pay(order, "0.30", shop.card)
    for amount in ("0.20", "-0.10", "-0.20"):
        money.settle(order, gift, -Decimal(amount), shops.NOW)
    assert balance(gift) == Decimal("0.00")


def test_an_address_of_blanks_is_none(shop: Shop) -> None:
    order = shop.order()
    with refuses(Code.INVALID_ADDRESS):
        changes.change_address(
            order.number, address={"line1": " ", "city": "\n"}, by=shop.by()
        )
