"""Takes the four files in, in the order in which they refer to each other."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from orders.importing.ahead import read_ahead
from orders.importing.errors import LineError
from orders.importing.fields import Fields
from orders.importing.lines import read_lines, read_object
from orders.importing.parse.cases import parse_case
from orders.importing.parse.customers import parse_customer
from orders.importing.parse.orders import parse_order
from orders.importing.parse.products import parse_product
from orders.importing.store.cases import store_cases
from orders.importing.store.customers import store_customers
from orders.importing.store.known import Known
from orders.importing.store.orders import store_orders
from orders.importing.store.products import store_products
from orders.importing.tally import Outcome, Tally

# Called, by the thread that reads, with a file's name and how many of its bytes it read.
Watch: TypeAlias = Callable[[str, int], None]

# One transaction takes so many lines or bytes, whichever comes first.
BATCH_LINES = 1_000
BATCH_BYTES = 8 * 1024 * 1024


def _unwatched(name: str, size: int) -> None:
    pass


class NoFilesError(ValueError):
    """The directory has none of the files."""


class Row(Protocol):
    @property
    def ref(self) -> str: ...


@dataclass(frozen=True)
class Kind:
    name: str
    parse: Callable[[Fields], Row]
    store: Callable[[Sequence[Any], Known], Sequence[Outcome | LineError]]


KINDS = (
    Kind("customers", parse_customer, store_customers),
    Kind("products", parse_product, store_products),
    Kind("orders", parse_order, store_orders),
    Kind("cases", parse_case, store_cases),
)


def import_shop(
    directory: Path, *, dry_run: bool = False, watch: Watch = _unwatched
) -> list[Tally]:
    """Import what is valid and tell, file by file, what became of each line.

    Raises NoFilesError, or OSError where a file cannot be read.
    """
    known = Known(dry_run=dry_run)
    tallies = []
    for kind in KINDS:
        tally = Tally(kind=kind.name)
        path = directory / tally.file
        if path.exists():
            _FileImport(kind, known, tally).run(path, watch)
            tallies.append(tally)
    if not tallies:
        raise NoFilesError(
            _("%(directory)s has none of: %(files)s")
            % {
                "directory": directory,
                "files": ", ".join(f"{kind.name}.jsonl" for kind in KINDS),
            }
        )
    return tallies


class _FileImport:
    def __init__(self, kind: Kind, known: Known, tally: Tally) -> None:
        self.kind = kind
        self.known = known
        self.tally = tally
        self.seen: set[str] = set()

    def run(self, path: Path, watch: Watch) -> None:
        with closing(read_ahead(self._batches(path, watch))) as batches:
            for batch in batches:
                self._take(batch)
        self.tally.rejected.sort(key=lambda rejection: rejection.line)

    def _take(self, batch: dict[int, Row]) -> None:
        rows = list(batch.values())
        for number, row, outcome in zip(batch, rows, self._store(rows), strict=True):
            self._count(number, row, outcome)

    def _batches(self, path: Path, watch: Watch) -> Iterator[dict[int, Row]]:
        """Yield rows by line number, a ref at most once: a later line must win."""
        batch: dict[int, Row] = {}
        refs: set[str] = set()
        size = 0
        for number, line in read_lines(path):
            watch(path.name, len(line))
            row = self._parse(number, line)
            if row is None:
                continue
            if row.ref in refs or len(batch) == BATCH_LINES or size > BATCH_BYTES:
                yield batch
                batch, refs, size = {}, set(), 0
            batch[number] = row
            refs.add(row.ref)
            size += len(line)
        if batch:
            yield batch

    def _parse(self, number: int, line: bytes) -> Row | None:
        if not line.strip():
            return None
        try:
            fields = read_object(line)
            row = self.kind.parse(fields)
        except LineError as error:
            self.tally.reject(number, error)
            return None
        self.tally.unread.update(fields.unread())
        return row

    def _store(self, rows: Sequence[Row]) -> Sequence[Outcome | LineError]:
        try:
            with nullcontext() if self.known.dry_run else transaction.atomic():
                return self.kind.store(rows, self.known)
        except (IntegrityError, DataError) as error:
            if len(rows) == 1:
                return [LineError(str(error).splitlines()[0])]
        # Only the line that the database refuses shall be lost.
        return [outcome for row in rows for outcome in self._store([row])]

    def _count(self, number: int, row: Row, outcome: Outcome | LineError) -> None:
        if isinstance(outcome, LineError):
            self.tally.reject(number, outcome)
            return
        if self.known.dry_run:
            if outcome is Outcome.CREATED and row.ref in self.seen:
                outcome = Outcome.UPDATED
            self.seen.add(row.ref)
        self.tally.outcomes[outcome] += 1
