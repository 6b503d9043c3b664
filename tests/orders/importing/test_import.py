"""Importing a shop: what is valid is taken in, whatever is beside it."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from orders.models import (
    Case,
    Customer,
    Order,
    OrderLine,
    Payment,
    PaymentMethod,
    Product,
    Variant,
)
from orders.text import pick
from tests.orders import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return files.write_one_of_each(tmp_path / "shop")


def test_one_of_each_arrives(shop: Path) -> None:
    said = files.run(shop)
    assert "orders: 1 created, 0 updated, 0 unchanged, 0 rejected" in said
    order = Order.objects.with_details().get(number="SO100001")
    assert order.total == Decimal("399.00")
    assert order.customer.email == "ming@example.com"
    assert order.shipments.get().events.get().place == {"zh": "上海", "en": "Shanghai"}


def test_plain_text_can_be_shown_in_any_language(tmp_path: Path) -> None:
    files.run(files.write(tmp_path, products=[files.product(name="Shoe")]))
    product = Product.objects.get()
    assert pick(product.name, "zh") == "Shoe"
    assert pick(product.attributes["weight"], "en") == "210 g"


def test_again_changes_nothing(shop: Path) -> None:
    files.run(shop)
    before = files.snapshot()
    said = files.run(shop)
    assert files.snapshot() == before
    for kind in ("customers", "products", "orders", "cases"):
        assert f"{kind}: 0 created, 0 updated, 1 unchanged, 0 rejected" in said


def test_same_ref_updates_the_row(shop: Path) -> None:
    files.run(shop)
    key = Customer.objects.get().pk
    files.write(shop, customers=[files.customer(name="王大明")])
    assert "customers: 0 created, 1 updated" in files.run(shop)
    assert Customer.objects.get().name == "王大明"
    assert Customer.objects.get().pk == key


def test_later_line_wins(tmp_path: Path) -> None:
    rows = [files.customer(name="first"), files.customer(name="second")]
    said = files.run(files.write(tmp_path, customers=rows))
    assert Customer.objects.get().name == "second"
    assert "customers: 1 created, 1 updated" in said


def test_missing_files_are_skipped(tmp_path: Path) -> None:
    said = files.run(files.write(tmp_path, customers=[files.customer()]))
    assert "FAILED" not in said
    assert "orders" not in said


@pytest.mark.parametrize("make", [True, False])
def test_nothing_to_import_is_an_error(tmp_path: Path, make: bool) -> None:
    directory = tmp_path / "shop"
    if make:
        directory.mkdir()
    with pytest.raises(CommandError, match="shop"):
        call_command("import_shop", str(directory))


def test_folder_in_place_of_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "orders.jsonl").mkdir()
    with pytest.raises(CommandError, match=r"orders\.jsonl"):
        call_command("import_shop", str(tmp_path))


def test_blank_lines_and_a_byte_order_mark_are_no_fault(shop: Path) -> None:
    path = shop / "customers.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + b"\n\r\n")
    assert "customers: 1 created, 0 updated, 0 unchanged, 0 rejected" in files.run(shop)


def test_unknown_keys_are_told(tmp_path: Path) -> None:
    shop = files.write(tmp_path, customers=[files.customer(shoe_size="42")])
    said = files.run(shop)
    assert "customers: 1 created" in said
    assert "“shoe_size” is not part of the format" in said


def test_unlisted_variant_goes(shop: Path) -> None:
    both = files.product(variants=[files.variant(), files.variant("P1-43")])
    files.run(files.write(shop, products=[both]))
    files.run(files.write(shop, products=[files.product()]))
    assert list(Variant.objects.values_list("sku", flat=True)) == ["P1-42"]


def test_unlisted_variant_that_was_ordered_is_sold_out(shop: Path) -> None:
    files.run(shop)
    other = files.product(variants=[files.variant("P1-43")])
    files.run(files.write(shop, products=[other]))
    assert Variant.objects.get(sku="P1-42").stock == 0


def test_unlisted_method_goes_unless_money_went_through_it(shop: Path) -> None:
    files.run(shop)
    files.run(files.write(shop, customers=[files.customer(payment_methods=[])]))
    assert list(PaymentMethod.objects.values_list("ref", flat=True)) == ["pm2"]


def test_new_stock_does_not_rebuild_the_catalogue(shop: Path) -> None:
    files.run(shop)
    before = Product.objects.get().updated_at
    files.run(
        files.write(shop, products=[files.product(variants=[files.variant(stock=3)])])
    )
    assert Variant.objects.get().stock == 3
    assert Product.objects.get().updated_at == before


def test_lines_that_cases_point_at_keep_their_row(shop: Path) -> None:
    files.run(shop)
    key = OrderLine.objects.get().pk
    files.run(files.write(shop, orders=[files.order(lines=[files.line(quantity=2)])]))
    assert OrderLine.objects.get().pk == key
    assert OrderLine.objects.get().quantity == 2


def test_line_of_a_case_stays_though_unlisted(shop: Path) -> None:
    both = files.product(variants=[files.variant(), files.variant("P1-43")])
    files.run(files.write(shop, products=[both]))
    order = files.order(lines=[files.line("P1-43")], shipments=[])
    files.run(files.write(shop, orders=[order]))
    skus = OrderLine.objects.order_by("pk").values_list("variant__sku", flat=True)
    assert list(skus) == ["P1-42", "P1-43"]


def test_changed_pieces_are_replaced(shop: Path) -> None:
    files.run(shop)
    order = files.order(
        payments=[files.payment(), files.payment(kind="refund")],
        shipments=[files.shipment(events=[])],
    )
    files.run(files.write(shop, orders=[order]))
    found = Order.objects.get()
    assert [p.kind for p in found.payments.all()] == ["payment", "refund"]
    assert not found.shipments.get().events.exists()


def test_order_that_is_live_again_forgets_its_cancellation(shop: Path) -> None:
    files.run(shop)
    Order.objects.update(status="cancelled", cancel_reason="changed mind")
    files.run(shop)
    assert Order.objects.get().cancel_reason == ""


def test_what_the_file_leaves_out_stays_as_it_is(shop: Path) -> None:
    files.run(shop)
    Order.objects.update(delivery_note="ring twice", shipping_fee=6)
    Variant.objects.update(counted=False)
    Payment.objects.update(state="due")
    assert "orders: 0 created, 0 updated, 1 unchanged" in files.run(shop)
    assert Order.objects.get().delivery_note == "ring twice"
    assert not Variant.objects.get().counted
    assert Payment.objects.get().state == "due"


def test_what_the_file_says_is_taken(shop: Path) -> None:
    files.run(shop)
    order = files.order(discount="5.00", payments=[files.payment(state="failed")])
    assert "orders: 0 created, 1 updated" in files.run(
        files.write(shop, orders=[order])
    )
    assert Order.objects.get().discount == 5
    assert Payment.objects.get().state == "failed"


def test_payments_of_a_case_are_linked(shop: Path) -> None:
    order = files.order(payments=[files.payment(), files.payment(kind="refund")])
    files.write(shop, orders=[order], cases=[files.case(payments=[1])])
    assert "FAILED" not in files.run(shop)
    assert Case.objects.get().payments.get().kind == "refund"
    assert "cases: 0 created, 0 updated, 1 unchanged" in files.run(shop)
    files.run(files.write(shop, cases=[files.case(payments=[])]))
    assert not Case.objects.get().payments.exists()


def test_case_takes_pieces_of_several_lines(shop: Path) -> None:
    lines = [files.line(quantity=1), files.line(quantity=2)]
    files.write(shop, orders=[files.order(lines=lines)])
    files.write(shop, cases=[files.case(skus=["P1-42", "P1-42"])])
    files.run(shop)
    shares = Case.objects.get().lines.values_list("quantity", flat=True)
    assert list(shares) == [1, 1]
    assert "cases: 0 created, 0 updated, 1 unchanged" in files.run(shop)
