"""Telegram: what is pushed to the webhook passes the door and reads as one event."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bots.channels.base import Account, RejectedError
from bots.channels.telegram import TelegramAdapter
from bots.messages import Inbound
from tests.emulators.telegram import FakeTelegram

ADAPTER = TelegramAdapter()
PRIVATE = {"id": 5, "type": "private"}
UPDATE = {"update_id": 7, "message": {"message_id": 1, "chat": PRIVATE, "text": "Hi"}}


class Shop(ThreadingHTTPServer):
    """The least webhook there is."""

    def __init__(self, account: Account) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.account = account
        self.events: list[Inbound] = []

    def take(self, headers: dict[str, str], body: bytes) -> int:
        try:
            ADAPTER.verify(self.account, headers, body)
        except RejectedError as rejected:
            return rejected.status
        self.events += ADAPTER.parse(self.account, body)
        return 200


class Door(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Shop)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.server.take(dict(self.headers), body))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""


@pytest.fixture
def shop(account: Account) -> Iterator[Shop]:
    with Shop(account) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,)).start()
        yield server
        server.shutdown()


@pytest.fixture
def hook(shop: Shop) -> str:
    return f"http://127.0.0.1:{shop.server_port}/"


@pytest.mark.parametrize("concurrently", [False, True])
def test_repeats_have_one_key(
    *, concurrently: bool, fake: FakeTelegram, account: Account, shop: Shop, hook: str
) -> None:
    ADAPTER.set_webhook(account, hook, account.secret)
    assert fake.push(UPDATE, times=3, concurrently=concurrently) == [200, 200, 200]
    assert [event.dedup_key for event in shop.events] == ["u:7", "u:7", "u:7"]


def test_stranger_is_turned_away(
    fake: FakeTelegram, account: Account, shop: Shop, hook: str
) -> None:
    ADAPTER.set_webhook(account, hook, "let-me-out")
    assert fake.push(UPDATE) == [403]
    assert not shop.events
