"""What is exported can be imported, and is then the same."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

import ecomsupport
from orders.exporting import export_shop
from orders.importing import import_shop
from orders.models import Case, Customer, Order, Payment, PaymentMethod, Variant
from tests.load.shop import write_shop
from tests.orders import files

pytestmark = pytest.mark.django_db

DEMO = Path(ecomsupport.__file__).parent / "demo_shop"
FILES = ("customers.jsonl", "products.jsonl", "orders.jsonl", "cases.jsonl")


def _contents(directory: Path) -> list[bytes]:
    assert sorted(path.name for path in directory.iterdir()) == sorted(FILES)
    return [(directory / name).read_bytes() for name in FILES]


def _rows(path: Path) -> list[str]:
    """Sort lines and keys: PostgreSQL keeps its own order of the keys of an object."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return sorted(json.dumps(json.loads(line), sort_keys=True) for line in lines)


def _clear() -> None:
    Payment.objects.update(case=None)
    for table in reversed(files.TABLES):
        table.objects.all().delete()


def test_export_of_the_demo_shop_is_the_demo_shop(tmp_path: Path) -> None:
    import_shop(DEMO)
    export_shop(tmp_path)
    for name in FILES:
        assert _rows(tmp_path / name) == _rows(DEMO / name)


def test_import_of_the_export_changes_nothing(tmp_path: Path) -> None:
    import_shop(DEMO)
    before = files.snapshot()
    export_shop(tmp_path)
    assert "FAILED" not in files.run(tmp_path)
    assert files.snapshot() == before


def test_export_of_the_import_of_the_export_is_the_same(tmp_path: Path) -> None:
    write_shop(tmp_path / "given", orders=120, products=10, customers=20, seed=5)
    import_shop(tmp_path / "given")
    export_shop(tmp_path / "first")
    _clear()
    assert "FAILED" not in files.run(tmp_path / "first")
    export_shop(tmp_path / "second")
    assert _contents(tmp_path / "first") == _contents(tmp_path / "second")


def _fill_in_what_is_optional() -> None:
    """Set all that the format writes only where it is set."""
    now = timezone.now().replace(microsecond=0)
    Order.objects.filter(number="SO100001").update(
        discount="10.00",
        shipping_fee="6.00",
        delivery_method="express",
        deliver_on=now.date(),
        delivery_note="ring twice",
        items_changed_at=now,
    )
    Variant.objects.update(counted=False)
    case = Case.objects.get()
    Case.objects.update(
        ground=Case.Ground.DEFECTIVE,
        difference="-3.50",
        fee="1.00",
        deadline=now,
        decision="too late",
        cancels_order=True,
    )
    Payment.objects.create(
        order=case.order, case=case, kind="refund", amount=9, at=now, state="due"
    )


def test_what_is_optional_survives(tmp_path: Path) -> None:
    files.run(files.write_one_of_each(tmp_path / "given"))
    _fill_in_what_is_optional()
    export_shop(tmp_path / "first")
    before = files.snapshot()
    assert "FAILED" not in files.run(tmp_path / "first")
    assert files.snapshot() == before
    _clear()
    assert "FAILED" not in files.run(tmp_path / "first")
    export_shop(tmp_path / "second")
    assert _contents(tmp_path / "first") == _contents(tmp_path / "second")
    assert Case.objects.get().payments.get().state == Payment.State.DUE


def test_what_is_not_set_is_not_written(tmp_path: Path) -> None:
    files.run(files.write_one_of_each(tmp_path / "given"))
    export_shop(tmp_path)
    order = json.loads((tmp_path / "orders.jsonl").read_text(encoding="utf-8"))
    assert order.keys() == files.order().keys()


def test_plain_text_stays_plain(tmp_path: Path) -> None:
    files.run(files.write_one_of_each(tmp_path))
    export_shop(tmp_path)
    product = json.loads((tmp_path / "products.jsonl").read_text(encoding="utf-8"))
    assert product == files.product()


def test_skus_of_a_case_are_repeated(tmp_path: Path) -> None:
    files.write_one_of_each(tmp_path)
    files.write(tmp_path, orders=[files.order(lines=[files.line(quantity=3)])])
    files.write(tmp_path, cases=[files.case(skus=["P1-42", "P1-42"])])
    files.run(tmp_path)
    export_shop(tmp_path)
    case = json.loads((tmp_path / "cases.jsonl").read_text(encoding="utf-8"))
    assert case["skus"] == ["P1-42", "P1-42"]


def test_few_queries_whatever_the_size(
    tmp_path: Path, django_assert_max_num_queries: object
) -> None:
    import_shop(DEMO)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        export_shop(tmp_path)


def test_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError):
        call_command("export_shop", str(tmp_path / "file"))


def test_more_orders_than_one_prefetch_holds(tmp_path: Path) -> None:
    now = timezone.now()
    count = 1_100
    customers = Customer.objects.bulk_create(
        Customer(ref=f"C{number:05}", name="Ann") for number in range(count)
    )
    methods = PaymentMethod.objects.bulk_create(
        PaymentMethod(customer=one, ref="pm1", kind="paypal") for one in customers
    )
    orders = Order.objects.bulk_create(
        Order(
            number=f"SO{number:05}",
            customer=one,
            placed_at=now,
            status="pending",
            currency="CNY",
        )
        for number, one in enumerate(customers)
    )
    Payment.objects.bulk_create(
        Payment(order=order, kind="payment", method=method, amount=1, at=now)
        for order, method in zip(orders, methods, strict=True)
    )
    assert export_shop(tmp_path)["orders"] == count
