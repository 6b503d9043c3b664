"""What several tests of the order side start from."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.orders import servers
from tests.orders.shop import Shop


@pytest.fixture
def shop(db: None) -> Shop:
    return Shop()


@pytest.fixture(scope="session")
def postgres_database(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock(), servers.database() as name:
        yield name


@pytest.fixture
def postgres(
    postgres_database: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """An empty PostgreSQL database, for all threads; goes with the mark `services`."""
    servers.empty(postgres_database)
    with django_db_blocker.unblock(), servers.connected(postgres_database):
        assert connection.vendor == "postgresql"
        yield
