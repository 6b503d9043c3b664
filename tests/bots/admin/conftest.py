"""People at the console."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.bots.admin import rows

Login = Callable[..., Client]


@pytest.fixture
def root(db: None) -> User:
    return User.objects.create_superuser("root")


@pytest.fixture
def boss(root: User) -> Client:
    """Somebody who may do everything."""
    client = Client()
    client.force_login(root)
    return client


@pytest.fixture
def login(db: None) -> Login:
    """Somebody of these groups."""

    def as_one_of(*groups: str) -> Client:
        client = Client()
        client.force_login(rows.staff(*groups))
        return client

    return as_one_of
