"""Puts many new rows into a table, the way its database is quickest at.

Django's own bulk_create makes a model of every row and asks every field about every
value; for an import of millions of rows that is most of the time.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from django.db import connection, models
from django.utils import timezone

Adapt: TypeAlias = Callable[[Any], object]


@dataclass(slots=True, eq=False)
class New:
    """A row that has its key once it is written."""

    values: dict[str, object]
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    # The key under which a row has its value.
    key: str
    default: object
    adapt: Adapt | None


def insert(model: type[models.Model], rows: Sequence[New]) -> None:
    """Write the rows, all of which give the same of their parents as rows."""
    if not rows:
        return
    table = model._meta.db_table  # noqa: SLF001 — documented, for all its underscore
    for row, key in zip(rows, _keys(table, len(rows)), strict=True):
        row.pk = key
    columns = [_column(field, rows[0]) for field in _fields(model)]
    names = ", ".join(f'"{name}"' for name in ("id", *(c.name for c in columns)))
    values = (_values(row, columns) for row in rows)
    write = _copy if connection.vendor == "postgresql" else _execute
    with connection.wrap_database_errors:
        write(table, names, values, len(columns) + 1)


def _fields(model: type[models.Model]) -> list[Any]:
    fields = model._meta.concrete_fields  # noqa: SLF001
    return [field for field in fields if not field.primary_key]


def _column(field: Any, sample: New) -> _Column:
    if field.is_relation and field.name in sample.values:
        return _Column(field.column, field.name, None, _key)
    adapt = _adapt(field)
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        default: object = timezone.now()
    else:
        default = field.get_default()
    if adapt and default is not None:
        default = adapt(default)
    return _Column(field.column, field.attname, default, adapt)


def _adapt(field: Any) -> Adapt | None:
    if isinstance(field, models.JSONField):
        return json.dumps
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.DateTimeField):
        return _naive
    return str if isinstance(field, models.DecimalField) else None


def _key(parent: Any) -> int:
    key: int = parent.pk
    return key


def _naive(moment: datetime) -> str:
    """As Django keeps it in a database that knows no time zones."""
    return str(moment.astimezone(UTC).replace(tzinfo=None))


def _values(row: New, columns: Iterable[_Column]) -> list[object]:
    given = row.values
    values: list[object] = [row.pk]
    for column in columns:
        if column.key not in given:
            values.append(column.default)
            continue
        value = given[column.key]
        adapt = column.adapt
        values.append(value if adapt is None or value is None else adapt(value))
    return values


def _keys(table: str, count: int) -> Iterable[int]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
                " FROM generate_series(1, %s)",
                [table, count],
            )
            return [key for (key,) in cursor.fetchall()]
        # The transaction holds the only writer's lock: nobody else takes them.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
        first = (last[0] if last else 0) + 1
        return range(first, first + count)


def _copy(table: str, names: str, rows: Iterable[list[object]], width: int) -> None:
    statement = f'COPY "{table}" ({names}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _execute(table: str, names: str, rows: Iterable[list[object]], width: int) -> None:
    marks = ", ".join(["%s"] * width)
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 — names of our own tables
    with connection.cursor() as cursor:
        cursor.executemany(statement, list[Any](rows))
