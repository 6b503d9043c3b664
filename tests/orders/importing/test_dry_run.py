"""A dry run says what an import would say, and writes nothing."""

from pathlib import Path

import pytest

from orders.models import Customer
from tests.orders import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return files.write(
        tmp_path / "shop",
        customers=[files.customer(), files.customer(name="again")],
        products=[files.product(), files.product(ref="P2")],
        orders=[files.order(), files.order(number="SO2", customer="C9")],
        cases=[files.case(), files.case(ref="A2", order="SO2")],
    )


def test_it_writes_nothing(shop: Path) -> None:
    files.run(shop, dry_run=True)
    assert not any(files.snapshot().values())


def test_it_says_what_the_import_says(shop: Path) -> None:
    checked = files.run(shop, dry_run=True)
    assert checked == files.run(shop)
    assert "customers: 1 created, 1 updated" in checked
    assert "products.jsonl:2: variants: “P1-42” belongs to product “P1”" in checked
    assert "orders.jsonl:2: customer: “C9” is not known" in checked
    assert "cases.jsonl:2: order: “SO2” is not known" in checked


def test_after_the_import_all_is_unchanged(tmp_path: Path) -> None:
    shop = files.write_one_of_each(tmp_path)
    files.run(shop)
    said = files.run(shop, dry_run=True)
    assert said.count("0 created, 0 updated, 1 unchanged, 0 rejected") == 4


def test_stored_rows_stay_as_they_are(tmp_path: Path) -> None:
    shop = files.write_one_of_each(tmp_path)
    files.run(shop)
    files.write(shop, customers=[files.customer(name="other")])
    assert "customers: 0 created, 1 updated" in files.run(shop, dry_run=True)
    assert Customer.objects.get().name == "王小明"
