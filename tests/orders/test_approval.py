"""What a person must agree to waits; the rest is agreed to at once."""

from decimal import Decimal

import pytest

from orders import aftersales, changes, pieces
from orders.models import Case, Order, PaymentMethod, PolicyTerms
from orders.pieces import Swap
from orders.refusal import Code
from tests import factories
from tests.orders import shop as shops
from tests.orders.shop import STAFF, Shop, balance, booked, refuses, state, stock

pytestmark = pytest.mark.django_db

Status = Case.Status


def bought(shop: Shop, price: str) -> Order:
    """A delivered order of one piece at this price."""
    variant = factories.variant(price=Decimal(price))
    return shops.order(
        shop.anna, {variant: 1}, shop.card, status=Order.Status.DELIVERED
    )


def returned(shop: Shop, order: Order, ground: str = "changed_mind") -> Case:
    items = {order.lines.get().variant.sku: 1}
    return aftersales.open_return(
        order.number, items=items, ground=Case.Ground(ground), by=shop.by()
    )


def attach(shop: Shop, case: Case) -> Case:
    return aftersales.attach(
        case.ref, name="box", content_type="image/png", content=b"x", by=shop.by()
    )


@pytest.mark.parametrize(
    ("price", "status"),
    [
        ("49.99", Status.APPROVED),
        ("50.00", Status.APPROVED),
        ("50.01", Status.REQUESTED),
    ],
)
def test_only_amounts_over_the_limit_wait(shop: Shop, price: str, status: str) -> None:
    PolicyTerms.objects.update(approval_limit=Decimal(50))
    assert returned(shop, bought(shop, price)).status == status


def test_without_a_limit_every_case_waits(shop: Shop) -> None:
    PolicyTerms.objects.update(approval_limit=None)
    assert returned(shop, bought(shop, "0.01")).status == Status.REQUESTED


def test_the_difference_of_an_exchange_counts_too(shop: Shop) -> None:
    PolicyTerms.objects.update(approval_limit=Decimal("10.49"))
    case = exchanged(shop, shop.order(Order.Status.DELIVERED), shop.blue.sku)
    assert case.status == Status.REQUESTED


def test_damage_is_believed_with_a_photo(shop: Shop) -> None:
    case = returned(shop, bought(shop, "10.00"), "damaged")
    assert case.status == Status.REQUESTED
    assert attach(shop, case).status == Status.APPROVED


def test_a_photo_does_not_lift_the_limit(shop: Shop) -> None:
    PolicyTerms.objects.update(approval_limit=Decimal(9))
    case = returned(shop, bought(shop, "10.00"), "damaged")
    assert attach(shop, case).status == Status.REQUESTED


def test_a_refund_without_a_return_is_paid_by_its_photo(shop: Shop) -> None:
    order = bought(shop, "10.00")
    case = aftersales.open_refund(
        order.number,
        items={order.lines.get().variant.sku: 1},
        ground=Case.Ground.DAMAGED,
        by=shop.by(),
    )
    assert booked(order) == {}
    assert attach(shop, case).status == Status.COMPLETED
    assert booked(order) == {shop.card: Decimal("10.00")}


def test_staff_may_agree_without_one(shop: Shop) -> None:
    case = returned(shop, bought(shop, "10.00"), "damaged")
    case = aftersales.approve(case.ref, by=STAFF)
    assert (case.status, case.decided_at) == (Status.APPROVED, STAFF.at)


def test_a_return_is_paid_when_the_goods_are_back(shop: Shop) -> None:
    order = bought(shop, "10.00")
    case = returned(shop, order)
    aftersales.receive(case.ref, by=STAFF)
    assert booked(order) == {}
    case = aftersales.complete(case.ref, by=STAFF)
    assert (case.status, case.completed_at) == (Status.COMPLETED, STAFF.at)
    assert booked(order) == {shop.card: Decimal("10.00")}


def test_shipping_back_is_taken_off(shop: Shop) -> None:
    PolicyTerms.objects.update(return_shipping_fee=Decimal("4.90"))
    case = returned(shop, bought(shop, "10.00"))
    assert (case.refund_amount, case.fee) == (Decimal("5.10"), Decimal("4.90"))


def test_a_fee_is_never_more_than_what_comes_back(shop: Shop) -> None:
    PolicyTerms.objects.update(return_shipping_fee=Decimal("14.90"))
    case = returned(shop, bought(shop, "10.00"))
    assert (case.refund_amount, case.fee) == (Decimal("0.00"), Decimal("10.00"))


# --- cancelling ------------------------------------------------------------------


@pytest.fixture
def waiting(shop: Shop) -> Case:
    """A wish to cancel an order of 297.00 where 200.00 may be cancelled."""
    PolicyTerms.objects.update(cancel_approval_limit=Decimal(200))
    case = changes.cancel(shop.order().number, reason="too_slow", by=shop.by())
    assert isinstance(case, Case)
    return case


def test_a_dear_order_is_not_cancelled_before_a_person_agrees(
    shop: Shop, waiting: Case
) -> None:
    assert (waiting.status, waiting.cancels_order) == (Status.REQUESTED, True)
    assert waiting.refund_amount == Decimal("297.00")
    assert state(waiting.order) == Order.Status.PENDING
    with refuses(Code.CASE_OPEN):
        changes.cancel(waiting.order.number, reason="too_slow", by=shop.by())


def test_agreeing_cancels_it_and_pays_back(shop: Shop, waiting: Case) -> None:
    case = aftersales.approve(waiting.ref, by=STAFF)
    assert (case.status, state(case.order)) == (Status.COMPLETED, "cancelled")
    assert booked(case.order) == {shop.card: Decimal("297.00")}
    assert (stock(shop.red), stock(shop.toaster)) == (7, 6)


def test_refusing_leaves_the_order_to_be_cancelled_later(
    shop: Shop, waiting: Case
) -> None:
    case = aftersales.reject(waiting.ref, decision="It is packed.", by=STAFF)
    assert (case.decision, state(case.order)) == ("It is packed.", "pending")
    PolicyTerms.objects.update(cancel_approval_limit=None)
    changes.cancel(case.order.number, reason="too_slow", by=shop.by())
    assert state(case.order) == "cancelled"


def test_what_was_packed_meanwhile_is_not_cancelled(waiting: Case) -> None:
    Order.objects.update(status=Order.Status.PROCESSED)
    with refuses(Code.NOT_PENDING):
        aftersales.approve(waiting.ref, by=STAFF)


def test_a_wish_to_cancel_that_came_to_nothing_promises_no_money(
    shop: Shop, waiting: Case
) -> None:
    Order.objects.update(status=Order.Status.DELIVERED, delivered_at=shops.DELIVERED)
    order = Order.objects.get()
    quote = aftersales.quote_return(order, {shop.red.sku: 1}, now=shops.NOW)
    assert quote.amount == Decimal("99.00")


def test_staff_cancel_whatever_it_costs(shop: Shop) -> None:
    PolicyTerms.objects.update(cancel_approval_limit=Decimal(200))
    order = shop.order()
    changes.cancel(order.number, reason="other", by=STAFF)
    assert state(order) == "cancelled"


# --- exchanging and repairing ----------------------------------------------------


def exchanged(
    shop: Shop, order: Order, new: str, method: PaymentMethod | None = None
) -> Case:
    sku = order.lines.all()[0].variant.sku
    return aftersales.open_exchange(
        order.number,
        swaps=[Swap(sku=sku, new_sku=new)],
        method=method.ref if method else None,
        by=shop.by(),
    )


def test_the_new_pieces_are_kept_until_the_exchange_is_refused(shop: Shop) -> None:
    case = exchanged(shop, shop.order(Order.Status.DELIVERED), shop.blue.sku)
    assert stock(shop.blue) == 4
    aftersales.reject(case.ref, decision="", by=STAFF)
    assert stock(shop.blue) == 5


def test_taking_an_exchange_back_frees_both_pieces(shop: Shop) -> None:
    order = shop.order(Order.Status.DELIVERED)
    case = exchanged(shop, order, shop.blue.sku)
    aftersales.withdraw(case.ref, by=shop.by())
    assert stock(shop.blue) == 5
    assert sum(piece.quantity for piece in pieces.free(order)) == 3


def test_a_dearer_piece_is_charged_at_the_end(shop: Shop) -> None:
    order = shop.order(Order.Status.DELIVERED)
    case = exchanged(shop, order, shop.blue.sku, shop.gift)
    assert (case.difference, balance(shop.gift)) == (Decimal("10.50"), Decimal(20))
    aftersales.receive(case.ref, by=STAFF)
    aftersales.complete(case.ref, by=STAFF)
    assert balance(shop.gift) == Decimal("9.50")


def test_a_gift_card_that_was_spent_meanwhile_stops_it(shop: Shop) -> None:
    case = exchanged(shop, shop.order(Order.Status.DELIVERED), shop.blue.sku, shop.gift)
    aftersales.receive(case.ref, by=STAFF)
    PaymentMethod.objects.filter(pk=shop.gift.pk).update(balance=Decimal("10.49"))
    with refuses(Code.BALANCE_TOO_LOW):
        aftersales.complete(case.ref, by=STAFF)


def test_a_cheaper_piece_brings_money_back_at_the_end(shop: Shop) -> None:
    order = shops.order(
        shop.anna, {shop.blue: 1}, shop.card, status=Order.Status.DELIVERED
    )
    case = exchanged(shop, order, shop.red.sku)
    assert case.difference == Decimal("-10.50")
    aftersales.receive(case.ref, by=STAFF)
    aftersales.complete(case.ref, by=STAFF)
    assert booked(order) == {shop.card: Decimal("10.50")}


def test_a_piece_counts_for_what_was_paid_for_it(shop: Shop) -> None:
    order = shops.order(
        shop.anna,
        {shop.gold: 1},
        shop.card,
        status=Order.Status.DELIVERED,
        discount=Decimal("250.00"),
    )
    assert exchanged(shop, order, shop.red.sku).difference == Decimal("49.00")


def test_a_repaired_piece_can_be_repaired_again(shop: Shop) -> None:
    order = bought(shop, "10.00")
    items = {order.lines.get().variant.sku: 1}
    case = aftersales.open_repair(order.number, items=items, by=shop.by())
    assert (case.status, pieces.free(order)) == (Status.APPROVED, [])
    aftersales.receive(case.ref, by=STAFF)
    aftersales.complete(case.ref, by=STAFF)
    assert len(pieces.free(order)) == 1
    assert booked(order) == {}


def test_a_rejected_case_frees_its_pieces(shop: Shop) -> None:
    order = bought(shop, "10.00")
    case = returned(shop, order)
    aftersales.receive(case.ref, by=STAFF)
    aftersales.reject(case.ref, decision="It was used.", by=STAFF)
    assert len(pieces.free(order)) == 1


# --- where the money goes --------------------------------------------------------


def test_money_goes_to_the_method_that_pays_now(shop: Shop) -> None:
    gift = shops.method(shop.anna, "0.00")
    order = shops.order(shop.anna, {shop.red: 1}, gift)
    changes.change_payment(order.number, method=shop.card.ref, by=shop.by())
    Order.objects.update(status=Order.Status.DELIVERED, delivered_at=shops.DELIVERED)
    assert returned(shop, order).refund_method == shop.card


def test_a_method_gets_back_no_more_than_it_paid(shop: Shop) -> None:
    order = bought(shop, "10.00")
    order.payments.update(amount=Decimal("4.00"))
    shops.pay(order, "6.00", shop.other_card)
    case = returned(shop, order)
    aftersales.receive(case.ref, by=STAFF)
    aftersales.complete(case.ref, by=STAFF)
    assert booked(order) == {
        shop.card: Decimal("4.00"),
        shop.other_card: Decimal("6.00"),
    }


def test_shipping_comes_back_where_nothing_is_kept_and_the_shop_is_to_blame(
    shop: Shop,
) -> None:
    order = shop.order(Order.Status.DELIVERED, shipping_fee=Decimal("5.00"))
    amounts = [
        aftersales.open_return(
            order.number, items=items, ground=Case.Ground.DEFECTIVE, by=shop.by()
        ).refund_amount
        for items in ({shop.red.sku: 2}, {shop.toaster.sku: 1})
    ]
    assert amounts == [Decimal("198.00"), Decimal("104.00")]


def test_shipping_comes_back_once(shop: Shop) -> None:
    order = shop.order(Order.Status.DELIVERED, shipping_fee=Decimal("5.00"))
    exchanged(shop, order, shop.blue.sku)
    cases = [
        aftersales.open_return(
            order.number, items={sku: 1}, ground=Case.Ground.DEFECTIVE, by=shop.by()
        )
        for sku in (shop.red.sku, shop.toaster.sku)
    ]
    assert cases[1].refund_amount == Decimal("104.00")
    aftersales.reject(cases[0].ref, decision="", by=STAFF)
    again = aftersales.open_return(
        order.number,
        items={shop.red.sku: 1},
        ground=Case.Ground.DEFECTIVE,
        by=shop.by(),
    )
    assert again.refund_amount == Decimal("99.00")


def test_many_small_cases_do_not_pass_the_limit(shop: Shop) -> None:
    PolicyTerms.objects.update(approval_limit=Decimal("250.00"))
    order = shop.order(Order.Status.DELIVERED)
    cases = [
        aftersales.open_return(order.number, items={shop.red.sku: 1}, by=shop.by())
        for _ in range(2)
    ]
    assert [case.status for case in cases] == [Status.APPROVED, Status.APPROVED]
    rest = aftersales.open_return(
        order.number, items={shop.toaster.sku: 1}, by=shop.by()
    )
    assert rest.status == Status.REQUESTED


def test_what_was_rejected_does_not_count(shop: Shop) -> None:
    PolicyTerms.objects.update(approval_limit=Decimal("99.00"))
    order = shop.order(Order.Status.DELIVERED)
    for _ in range(2):
        case = aftersales.open_return(
            order.number, items={shop.red.sku: 1}, by=shop.by()
        )
        assert case.status == Status.APPROVED
        aftersales.withdraw(case.ref, by=shop.by())
