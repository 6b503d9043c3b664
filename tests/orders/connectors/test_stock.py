"""The count that the outside has; nothing where it does not say."""

import pytest
from django.utils import timezone

from orders import connectors
from orders.models import Connector, Variant
from tests import factories
from tests.emulators.shop import FakeShop, Fault
from tests.orders.connectors.conftest import connect

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock(shop: FakeShop) -> Connector:
    return connect(shop.url, Connector.Port.STOCK)


def test_without_a_connector_the_count_is_ours() -> None:
    variant = factories.variant(stock=3)
    assert connectors.stock_level(variant.sku, timezone.now()) == 3


@pytest.mark.usefixtures("stock")
def test_the_outside_counts(shop: FakeShop) -> None:
    shop.answers["stock.level"] = {"stock": 7}
    variant = factories.variant(stock=3)
    assert connectors.stock_level(variant.sku, timezone.now()) == 7
    assert shop.calls[0].body["data"] == {"sku": variant.sku}


@pytest.mark.usefixtures("stock")
@pytest.mark.parametrize("answer", [{}, {"stock": -1}, {"stock": "7"}, {"stock": True}])
def test_a_senseless_count_is_none(shop: FakeShop, answer: dict[str, object]) -> None:
    shop.answers["stock.level"] = answer
    with pytest.raises(connectors.OutsideDownError):
        connectors.stock_level(factories.variant().sku, timezone.now())


@pytest.mark.usefixtures("stock")
def test_nothing_is_invented_while_it_is_down(shop: FakeShop) -> None:
    shop.plan(*[Fault(status=500)] * 5)
    variant = factories.variant()
    for _ in range(6):
        with pytest.raises(connectors.OutsideDownError):
            connectors.stock_level(variant.sku, timezone.now())
    assert len(shop.calls) == 5


@pytest.mark.usefixtures("stock")
def test_an_unknown_variant_is_not_asked_for(shop: FakeShop) -> None:
    with pytest.raises(Variant.DoesNotExist):
        connectors.stock_level("X", timezone.now())
    assert shop.calls == []
