"""`python -m tests.load.large`: a large shop on PostgreSQL, imported and then asked.

Makes the shop's files and a database of its own, which it drops again unless `--keep`;
`--database NAME` only asks one that was kept.
"""

import argparse
import os
import resource
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg

from tests.load.shop import write_shop
from tests.stack import POSTGRES

SEED = 7


def main() -> None:
    options = _options()
    database = options.database or f"large_{secrets.token_hex(4)}"
    os.environ["DATABASE_URL"] = POSTGRES.removesuffix("postgres") + database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecomsupport.settings")
    os.environ.setdefault("SECRET_KEY", "only-for-tests")
    if not options.database:
        _administrate(f'CREATE DATABASE "{database}"')
    try:
        django.setup()
        if not options.database:
            _fill(options)
        from tests.load import asking

        asking.report()
    finally:
        if not (options.keep or options.database):
            django.db.connections.close_all()
            _administrate(f'DROP DATABASE "{database}" WITH (FORCE)')
        else:
            print(f"kept: --database {database}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--customers", type=int, default=300_000)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--database")
    return parser.parse_args()


def _fill(options: argparse.Namespace) -> None:
    from django.core.management import call_command
    from django.db import connection

    from orders.importing import import_shop

    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        with _timed("files written"):
            write_shop(
                Path(folder),
                orders=options.orders,
                products=options.products,
                customers=options.customers,
                seed=SEED,
            )
        progress = Progress()
        import_shop(Path(folder), watch=progress.watch)
        progress.close()
    with _timed("ANALYZE"), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


class Progress:
    """Prints how fast each file was, and the memory held after each quarter million."""

    def __init__(self) -> None:
        self.name = ""
        self.lines = 0
        self.started = self.cpu = 0.0

    def watch(self, name: str, size: int) -> None:
        if name != self.name:
            self.close()
            self.name, self.lines = name, 0
            self.started, self.cpu = time.monotonic(), time.process_time()
        self.lines += 1
        if self.lines % 250_000 == 0:
            print(f"    {self.lines:,} lines, {_held()} MB held", flush=True)

    def close(self) -> None:
        if not self.lines:
            return
        took = time.monotonic() - self.started
        cpu = time.process_time() - self.cpu
        print(
            f"  {self.name}: {self.lines:,} lines in {took:.0f} s,"
            f" {self.lines / took:,.0f} /s ({self.lines / cpu:,.0f} /s of our CPU),"
            f" peak {_peak()} MB",
            flush=True,
        )


@contextmanager
def _timed(what: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    print(f"  {what}: {time.monotonic() - started:.0f} s", flush=True)


def _held() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 2**20


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _administrate(statement: str) -> None:
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(statement)


if __name__ == "__main__":
    main()
