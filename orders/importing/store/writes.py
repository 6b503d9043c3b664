"""Collects the changes to one table and writes them in a few statements."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

from orders.importing.store.inserts import New, insert

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)

# Far below what any database takes as parameters of one statement.
_CHUNK = 5_000


def in_chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


def said(row: object, names: Sequence[str]) -> dict[str, object]:
    """What the file says of these; the rest is to stay as it is."""
    values = ((name, getattr(row, name)) for name in names)
    return {name: value for name, value in values if value is not None}


class Writes(Generic[Row]):
    def __init__(self, table: QuerySet[Row], columns: Sequence[str] = ()) -> None:
        self._table = table
        self._columns = columns
        self._changed: dict[object, Row] = {}
        self._new: list[New] = []
        self._gone: list[object] = []

    def add(self, **values: object) -> New:
        """Take a new row: what is not given is as the model says.

        A parent is given as its row, under the field's name.
        """
        row = New(values)
        self._new.append(row)
        return row

    def remove(self, row: Row) -> None:
        self._gone.append(row.pk)

    def rewrite(self, row: Row) -> None:
        self._changed[row.pk] = row

    def revise(self, row: Row, values: Mapping[str, object]) -> bool:
        """Set the values that differ; tell whether there were any."""
        different = {
            name: value for name, value in values.items() if getattr(row, name) != value
        }
        for name, value in different.items():
            setattr(row, name, value)
        if different:
            self.rewrite(row)
        return bool(different)

    def flush(self) -> None:
        for keys in in_chunks(self._gone):
            self._table.filter(pk__in=keys).delete()
        insert(self._table.model, self._new)
        if self._changed:
            # One upsert instead of bulk_update, whose CASE … WHEN is far slower.
            self._table.bulk_create(
                self._changed.values(),
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=self._columns,
            )
