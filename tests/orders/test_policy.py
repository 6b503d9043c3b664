"""The terms that hold are those of the day the order was placed."""

from datetime import UTC, datetime, timedelta

import pytest

from orders import policy
from orders.models import PolicyTerms
from tests import factories

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def test_the_defaults_hold_where_no_terms_are_stored() -> None:
    assert policy.in_force(DAY) == policy.Terms(return_days=7, exchange_days=15)


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
        assert policy.return_deadline(order) == deadline


def test_what_is_not_delivered_has_no_deadline() -> None:
    assert policy.return_deadline(factories.order()) is None
