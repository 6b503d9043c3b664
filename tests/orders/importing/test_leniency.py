"""What looks odd but is what shops' exports hold, and is therefore taken in."""

from decimal import Decimal
from pathlib import Path

import pytest

from orders.models import Customer, Order, Variant
from tests.orders import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return files.write_one_of_each(tmp_path / "shop")


@pytest.mark.parametrize("email", ["N/A", '"ming wang"@example.com', "王@例子.中国"])
def test_whatever_a_customer_typed_as_an_email_is_kept(shop: Path, email: str) -> None:
    said = files.run(files.write(shop, customers=[files.customer(email=email)]))
    assert "FAILED" not in said
    assert Customer.objects.get().email == email


@pytest.mark.parametrize("name", ["GMT+8", "China Standard Time"])
def test_time_zone_of_another_list_is_kept(shop: Path, name: str) -> None:
    said = files.run(files.write(shop, customers=[files.customer(timezone=name)]))
    assert "FAILED" not in said
    assert Customer.objects.get().timezone == name


def test_emptied_order_is_kept(tmp_path: Path) -> None:
    order = files.order(lines=[], shipments=[], status="cancelled")
    files.write(tmp_path, customers=[files.customer()], orders=[order])
    assert "FAILED" not in files.run(tmp_path)
    assert Order.objects.get().total == Decimal()


def test_amount_with_four_decimals_of_which_two_are_zeros_is_kept(shop: Path) -> None:
    variants = [files.variant(price="399.5000")]
    files.write(shop, products=[files.product(variants=variants)])
    assert "FAILED" not in files.run(shop)
    assert Variant.objects.get().price == Decimal("399.50")
