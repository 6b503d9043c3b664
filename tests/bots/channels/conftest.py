"""A Telegram of our own for the tests of channels."""

from collections.abc import Iterator

import pytest

from bots.channels.base import Account
from tests.emulators.telegram import FakeTelegram


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as telegram:
        yield telegram


@pytest.fixture
def account(fake: FakeTelegram) -> Account:
    return Account(slug="lamps", token=fake.token, secret="let-me-in", api_url=fake.url)
