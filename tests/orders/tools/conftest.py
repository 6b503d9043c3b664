"""Two shoppers, and who acts for them."""

from datetime import datetime

import pytest
from django.utils import timezone

from orders.acting import By
from orders.models import Customer
from tests import factories


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def anna(db: None) -> Customer:
    return factories.customer()


@pytest.fixture
def eve(db: None) -> Customer:
    return factories.customer(name="Eve")


@pytest.fixture
def by_anna(anna: Customer, now: datetime) -> By:
    return By(at=now, customer=anna)


@pytest.fixture
def by_eve(eve: Customer, now: datetime) -> By:
    return By(at=now, customer=eve)


@pytest.fixture
def by_staff(db: None, now: datetime) -> By:
    return By(at=now, customer=None, actor="staff")
