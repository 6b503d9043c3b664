"""Fetches all that is said of orders in one query beside the one for the orders.

A prefetch would ask once a table, and have Django write each query anew. Here one
statement, always the same, gives every row of every table packed as JSON.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias, cast

from django.db import connection, models

from orders.models import (
    Case,
    CaseLine,
    Order,
    OrderLine,
    Payment,
    Shipment,
    ShipmentEvent,
)

Table: TypeAlias = type[models.Model]
Unpack: TypeAlias = Callable[[Any], object]

_CENT = Decimal("0.01")
# Each table, what it hangs on where that is not the order, and what comes with it.
_TABLES: tuple[tuple[Table, str, tuple[str, ...]], ...] = (
    (OrderLine, "", ("product", "variant")),
    (Payment, "", ("method",)),
    (Shipment, "", ()),
    (ShipmentEvent, "shipment", ()),
    (Case, "", ("refund_method",)),
    (CaseLine, "case", ()),
)
_MOST_BESIDE = 2


def fill(orders: Sequence[Order]) -> None:
    """Put lines, payments, shipments and cases where `order.lines.all()` finds them."""
    if not orders:
        return
    found = _rows([order.pk for order in orders])
    _hang(orders, "order", "lines", found[OrderLine], key=lambda line: line.pk)
    _hang(orders, "order", "payments", found[Payment], key=lambda p: (p.at, p.pk))
    _hang(orders, "order", "shipments", found[Shipment], key=lambda s: s.pk)
    events = found[ShipmentEvent]
    _hang(found[Shipment], "shipment", "events", events, key=lambda e: (e.at, e.pk))
    _hang(orders, "order", "cases", found[Case], key=lambda c: -c.opened_at.timestamp())
    _hang(found[Case], "case", "lines", found[CaseLine], key=lambda part: part.pk)
    for line in found[OrderLine]:
        if line.variant.product_id == line.product_id:
            line.variant.product = line.product
    ordered = {line.pk: line for line in found[OrderLine]}
    for part in found[CaseLine]:
        part.line = ordered[part.line_id]


def read(order: Order) -> Order:
    """The same order with everything of it as it is now; no later change shows in it.

    A write works out on it what it will do, before it does anything.
    """
    seen = copy(order)
    vars(seen).pop("_prefetched_objects_cache", None)
    fill([seen])
    return seen


def _hang(
    owners: Iterable[models.Model],
    field: str,
    name: str,
    rows: Iterable[Any],
    *,
    key: Callable[[Any], Any],
) -> None:
    """Give each owner its rows, as a prefetch would leave them."""
    of_owner: dict[int, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=key):
        of_owner[getattr(row, f"{field}_id")].append(row)
    for owner in owners:
        own = of_owner[owner.pk]
        for row in own:
            setattr(row, field, owner)
        fetched = getattr(owner, name).get_queryset()
        vars(fetched).update(_result_cache=own, _prefetch_done=True)
        vars(owner).setdefault("_prefetched_objects_cache", {})[name] = fetched


def _rows(orders: list[int]) -> dict[Table, list[Any]]:
    found: dict[Table, list[Any]] = {table: [] for table, _parent, _beside in _TABLES}
    wanted = orders if connection.vendor == "postgresql" else json.dumps(orders)
    with connection.cursor() as cursor:
        cursor.execute(_statement(connection.vendor), [wanted] * len(_TABLES))
        for place, packed, *others in cursor.fetchall():
            table, _parent, beside = _TABLES[place]
            row = _unpacked(table, packed)
            for name, other in zip(beside, others, strict=False):
                if other:
                    setattr(row, name, _unpacked(_related(table, name), other))
            found[table].append(row)
    return found


@cache
def _statement(vendor: str) -> str:
    return " UNION ALL ".join(_select(place, vendor) for place in range(len(_TABLES)))


def _select(place: int, vendor: str) -> str:
    table, parent, beside = _TABLES[place]
    columns = [str(place), _packed("t", table, vendor)]
    joined, owner = "", "t"
    if parent:
        joined = f' JOIN "{_name(_related(table, parent))}" o ON o.id = t.{parent}_id'
        owner = "o"
    for name in beside:
        related = _related(table, name)
        joined += f' LEFT JOIN "{_name(related)}" {name} ON {name}.id = t.{name}_id'
        packed = _packed(name, related, vendor)
        columns.append(f"CASE WHEN {name}.id IS NOT NULL THEN {packed} END")
    columns += ["NULL"] * (_MOST_BESIDE - len(beside))
    among = "IN (SELECT value FROM json_each(%s))"
    if vendor == "postgresql":
        among = "= ANY(%s)"
    return (
        f"SELECT {', '.join(columns)}"  # noqa: S608 — names of our own tables
        f' FROM "{_name(table)}" t{joined} WHERE {owner}.order_id {among}'
    )


def _related(table: Table, name: str) -> Table:
    related: Any = table._meta.get_field(name).related_model  # noqa: SLF001
    return cast("Table", related)


def _packed(alias: str, table: Table, vendor: str) -> str:
    pack = "json_build_object" if vendor == "postgresql" else "json_object"
    pairs = (
        f"'{field.attname}', {alias}.\"{field.column}\"" for field in _fields(table)
    )
    return f"{pack}({', '.join(pairs)})"


def _unpacked(table: Table, packed: str | dict[str, Any]) -> Any:
    # PostgreSQL's driver has read it already.
    values = json.loads(packed) if isinstance(packed, str) else packed
    names, unpacks = _plan(table)
    for name, unpack in unpacks:
        if values[name] is not None:
            values[name] = unpack(values[name])
    return table.from_db(connection.alias, names, [values[name] for name in names])


@cache
def _plan(table: Table) -> tuple[list[str], list[tuple[str, Unpack]]]:
    fields = _fields(table)
    unpacks = ((field.attname, _unpack(field)) for field in fields)
    return (
        [field.attname for field in fields],
        [(name, unpack) for name, unpack in unpacks if unpack],
    )


def _unpack(field: Any) -> Unpack | None:
    readers: dict[type[models.Field[Any, Any]], Unpack] = {
        models.DateTimeField: _moment,
        models.DateField: date.fromisoformat,
        models.DecimalField: _amount,
        models.JSONField: _plain,
        models.BooleanField: bool,
    }
    return next(
        (read for kind, read in readers.items() if isinstance(field, kind)), None
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _amount(number: float) -> Decimal:
    return Decimal(str(number)).quantize(_CENT)


def _plain(value: Any) -> object:
    """SQLite hands JSON inside of JSON over as text."""
    return json.loads(value) if isinstance(value, str) else value


def _fields(table: Table) -> list[Any]:
    return list(table._meta.concrete_fields)  # noqa: SLF001


def _name(table: Table) -> str:
    return str(table._meta.db_table)  # noqa: SLF001
