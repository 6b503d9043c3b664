"""The terms that hold are those of the day the order was placed."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from orders import policy
from orders.models import Case, PolicyTerms
from tests import factories

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def test_the_defaults_hold_where_no_terms_are_stored() -> None:
    terms = policy.in_force(DAY)
    assert (terms.return_days, terms.exchange_days, terms.warranty_days) == (7, 15, 365)
    assert terms.approval_limit is None


def test_the_newest_terms_that_have_begun_hold() -> None:
    PolicyTerms.objects.create(valid_from=DAY - timedelta(days=60), return_days=10)
    PolicyTerms.objects.create(valid_from=DAY - timedelta(days=30), return_days=14)
    PolicyTerms.objects.create(valid_from=DAY + timedelta(days=1), return_days=30)
    assert policy.in_force(DAY).return_days == 14


def test_terms_hold_from_their_first_second() -> None:
    PolicyTerms.objects.create(valid_from=DAY, return_days=30)
    assert policy.in_force(DAY).return_days == 30
    assert policy.in_force(DAY - timedelta(seconds=1)).return_days == 7


def test_an_order_keeps_the_terms_it_was_placed_under() -> None:
    PolicyTerms.objects.create(valid_from=DAY, return_days=30)
    before = factories.delivered_order(placed_at=DAY - timedelta(days=1))
    after = factories.delivered_order(placed_at=DAY)
    for order, days in ((before, 7), (after, 30)):
        assert order.delivered_at is not None
        deadline = order.delivered_at + timedelta(days=days)
        assert policy.deadline(order, Case.Kind.RETURN, policy.book()) == deadline


def test_what_is_not_delivered_has_no_deadline() -> None:
    assert policy.deadline(factories.order(), Case.Kind.RETURN, policy.book()) is None


def test_a_window_of_none_has_no_end() -> None:
    PolicyTerms.objects.create(valid_from=DAY, return_days=None)
    order = factories.delivered_order(placed_at=DAY)
    assert policy.deadline(order, Case.Kind.RETURN, policy.book()) is None


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (Case.Kind.RETURN, 7),
        (Case.Kind.REFUND, 7),
        (Case.Kind.EXCHANGE, 15),
        (Case.Kind.REPAIR, 365),
    ],
)
def test_each_kind_of_case_has_its_window(kind: Case.Kind, days: int) -> None:
    order = factories.delivered_order()
    assert order.delivered_at is not None
    assert policy.deadline(
        order, kind, policy.book()
    ) == order.delivered_at + timedelta(days=days)


@pytest.mark.parametrize("ground", Case.Ground)
def test_faulty_goods_go_back_at_the_shops_cost(ground: Case.Ground) -> None:
    PolicyTerms.objects.create(valid_from=DAY, return_shipping_fee=Decimal("4.90"))
    at_ours = ground != Case.Ground.CHANGED_MIND
    expected = Decimal("0.00") if at_ours else Decimal("4.90")
    assert policy.in_force(DAY).return_fee(ground) == expected


def test_the_shop_may_pay_every_way_back() -> None:
    PolicyTerms.objects.create(
        valid_from=DAY,
        return_shipping_fee=Decimal("4.90"),
        return_shipping_payer=PolicyTerms.Payer.SHOP,
    )
    assert policy.in_force(DAY).return_fee(Case.Ground.CHANGED_MIND) == 0
