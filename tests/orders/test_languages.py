"""Any text may be plain or by language: it is searched plain and given back as given."""

import json
from pathlib import Path
from typing import Any

import pytest

from orders.exporting import export_shop
from orders.models import (
    Case,
    Customer,
    PaymentMethod,
    Product,
    Shipment,
    Variant,
)
from tests.orders import files
from tests.orders.files import Json

pytestmark = pytest.mark.django_db

BOTH = {"zh": "中文的", "en": "the English"}


def _set(line: Json, path: tuple[str | int, ...], value: object) -> None:
    at: Any = line
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value


# Where each text stands: the file, the way to it, and the table with its plain column.
TEXTS: list[tuple[str, tuple[str | int, ...], Any, str]] = [
    ("products", ("category",), Product, "category"),
    ("products", ("brand",), Product, "brand"),
    ("products", ("variants", 0, "options", "color"), Variant, "options__color"),
    ("customers", ("name",), Customer, "name"),
    ("customers", ("payment_methods", 1, "label"), PaymentMethod, "label"),
    ("orders", ("shipments", 0, "carrier"), Shipment, "carrier"),
    ("cases", ("reason",), Case, "reason"),
]
# Kept as they are: no plain column.
JSON_TEXTS: list[tuple[str, tuple[str | int, ...]]] = [
    ("products", ("name",)),
    ("products", ("description",)),
    ("products", ("attributes", "weight")),
    ("customers", ("address", "city")),
    ("orders", ("address", "line1")),
    ("orders", ("shipments", 0, "events", 0, "place")),
    ("orders", ("shipments", 0, "events", 0, "text")),
]
ALL_TEXTS = [*JSON_TEXTS, *((kind, path) for kind, path, _table, _column in TEXTS)]
MAKE = {
    "customers": files.customer,
    "products": files.product,
    "orders": files.order,
    "cases": files.case,
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return files.write_one_of_each(tmp_path / "shop")


def _line(kind: str, path: tuple[str | int, ...], value: object) -> Json:
    line = MAKE[kind]()
    _set(line, path, value)
    return line


def _exported(kind: str, directory: Path) -> Json:
    export_shop(directory)
    line: Json = json.loads((directory / f"{kind}.jsonl").read_text(encoding="utf-8"))
    return line


@pytest.mark.parametrize(("kind", "path"), ALL_TEXTS)
def test_export_gives_the_languages_back(
    shop: Path, tmp_path: Path, kind: str, path: tuple[str | int, ...]
) -> None:
    given = _line(kind, path, BOTH)
    assert "FAILED" not in files.run(files.write(shop, **{kind: [given]}))
    key = str(path[0])
    assert _exported(kind, tmp_path / "out")[key] == given[key]


@pytest.mark.parametrize(("kind", "path"), ALL_TEXTS)
def test_twice_changes_nothing(
    shop: Path, tmp_path: Path, kind: str, path: tuple[str | int, ...]
) -> None:
    files.run(files.write(shop, **{kind: [_line(kind, path, BOTH)]}))
    before = files.snapshot()
    said = files.run(shop)
    assert f"{kind}: 0 created, 0 updated, 1 unchanged" in said
    export_shop(tmp_path / "out")
    assert "FAILED" not in files.run(tmp_path / "out")
    assert files.snapshot() == before


@pytest.mark.parametrize(("kind", "path", "table", "column"), TEXTS)
def test_columns_hold_the_english(
    shop: Path, kind: str, path: tuple[str | int, ...], table: Any, column: str
) -> None:
    files.run(files.write(shop, **{kind: [_line(kind, path, BOTH)]}))
    assert table.objects.filter(**{column: BOTH["en"]}).count() == 1


@pytest.mark.parametrize(("kind", "path", "table", "column"), TEXTS)
def test_other_languages_only_is_fine(
    shop: Path, kind: str, path: tuple[str | int, ...], table: Any, column: str
) -> None:
    files.run(files.write(shop, **{kind: [_line(kind, path, {"zh": "中文的"})]}))
    assert table.objects.filter(**{column: "中文的"}).count() == 1


@pytest.mark.parametrize(("kind", "path", "table", "column"), TEXTS)
def test_plain_text_takes_the_languages_away(
    shop: Path,
    tmp_path: Path,
    kind: str,
    path: tuple[str | int, ...],
    table: Any,
    column: str,
) -> None:
    files.run(files.write(shop, **{kind: [_line(kind, path, BOTH)]}))
    plain = _line(kind, path, BOTH["en"])
    assert f"{kind}: 0 created, 1 updated" in files.run(
        files.write(shop, **{kind: [plain]})
    )
    assert not table.objects.exclude(localized={}).exists()
    key = str(path[0])
    assert _exported(kind, tmp_path / "out")[key] == plain[key]


def test_what_staff_changed_is_exported_and_not_the_old_languages(
    shop: Path, tmp_path: Path
) -> None:
    files.run(files.write(shop, products=[files.product(brand=BOTH)]))
    Product.objects.update(brand="Another")
    assert _exported("products", tmp_path / "out")["brand"] == "Another"


def test_new_languages_of_an_option_make_the_catalogue_new(shop: Path) -> None:
    files.run(shop)
    before = Product.objects.get().updated_at
    options = {"size": "42", "color": {"zh": "黑色", "en": "black"}}
    variant = files.variant(options=options)
    files.run(files.write(shop, products=[files.product(variants=[variant])]))
    assert Variant.objects.get().localized == {"color": options["color"]}
    assert Product.objects.get().updated_at > before


@pytest.mark.parametrize(
    ("given", "kept"), [({}, ""), ({"zh": None, "en": "x"}, {"en": "x"})]
)
def test_languages_without_text_count_as_absent(
    shop: Path, tmp_path: Path, given: object, kept: object
) -> None:
    said = files.run(files.write(shop, products=[files.product(brand=given)]))
    assert "FAILED" not in said
    assert _exported("products", tmp_path / "out")["brand"] == kept
