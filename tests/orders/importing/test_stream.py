"""Large files pass through as a stream."""

import tracemalloc
from pathlib import Path

import pytest

from orders.importing import import_shop
from orders.models import Order
from tests.load.shop import write_shop

pytestmark = pytest.mark.django_db


def test_memory_holds_batches_not_the_file(tmp_path: Path) -> None:
    write_shop(tmp_path, orders=5_000, products=50, customers=200, seed=3)
    tracemalloc.start()
    import_shop(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert Order.objects.count() == 5_000
    # A batch of a thousand takes about 13 MB; all five would take 65.
    assert peak < 40 * 1024 * 1024


def test_few_queries_a_batch(
    tmp_path: Path, django_assert_max_num_queries: object
) -> None:
    write_shop(tmp_path, orders=300, products=20, customers=50, seed=3)
    with django_assert_max_num_queries(80):  # type: ignore[operator]
        import_shop(tmp_path)


def test_bytes_read_are_told(tmp_path: Path) -> None:
    write_shop(tmp_path, orders=20, products=5, customers=5, seed=3)
    read: dict[str, int] = {}

    def watch(name: str, size: int) -> None:
        read[name] = read.get(name, 0) + size

    import_shop(tmp_path, watch=watch)
    assert read["orders.jsonl"] == (tmp_path / "orders.jsonl").stat().st_size
