"""The order side on a PostgreSQL of its own, and many threads that write at once."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Semaphore
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection, connections

from orders.refusal import Refusal
from tests import stack

# Of the 100 that a server lets in by default, some are others'.
AT_ONCE = 40


@contextmanager
def database() -> Iterator[str]:
    """Create a migrated database, and drop it in the end."""
    name = f"orders_{secrets.token_hex(4)}"
    administrate(f'CREATE DATABASE "{name}"')
    try:
        with connected(name):
            call_command("migrate", verbosity=0)
        yield name
    finally:
        administrate(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def connected(name: str) -> Iterator[None]:
    """Let Django's default connection, in every thread, lead to this database."""
    kept, config = connections["default"], connections.settings["default"]
    of_server = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": "postgres",
        "HOST": "127.0.0.1",
        "PORT": 5432,
    }
    connections.settings["default"] = {**config, "OPTIONS": {}, **of_server}
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = config
        connections["default"] = kept


def empty(name: str) -> None:
    """Forget everything that the order side stored there."""
    with psycopg.connect(address(name), autocommit=True) as server:
        tables = server.execute(
            "SELECT string_agg(tablename, ',') FROM pg_tables"
            " WHERE tablename LIKE 'orders_%'"
        ).fetchone()
        assert tables
        server.execute(f"TRUNCATE {tables[0]} CASCADE".encode())


def administrate(statement: str) -> None:
    with psycopg.connect(stack.POSTGRES, autocommit=True) as server:
        server.execute(statement.encode())


def address(name: str) -> str:
    return stack.POSTGRES.removesuffix("postgres") + name


def race(jobs: Sequence[Callable[[], Any]], at_once: int = AT_ONCE) -> list[Any]:
    """Start all at the same moment; return what each did, or its refusal's code.

    Anything but a refusal is raised.
    """
    start, room = Barrier(len(jobs)), Semaphore(at_once)

    def run(job: Callable[[], Any]) -> Any:
        start.wait(60)
        with room:
            try:
                return job()
            except Refusal as refusal:
                return refusal.code
            finally:
                connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))
