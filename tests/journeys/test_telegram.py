"""The same shop on Telegram: webhook in, Bot API out."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.emulators.telegram import FakeTelegram
from tests.stack import Embedded

SECRET = "telegram-secret"
MAKE = (
    "from bots.models import Channel;"
    "Channel.objects.create(kind='telegram', slug='bot', name='Bot',"
    " token='{token}', secret='{secret}', api_url='{url}')"
)

Push = Callable[..., int]


class Person:
    """Somebody with Telegram on their phone."""

    def __init__(self, fake: FakeTelegram, number: int) -> None:
        self.fake = fake
        self.number = number
        self.me = {"id": number, "is_bot": False, "first_name": "Ada"}
        self.chat = {"id": number, "type": "private", "first_name": "Ada"}
        self.updates = number * 1000

    def says(self, text: str = "", **content: Any) -> str:
        """Send a message; return what the bot answers."""
        message = {
            "message_id": self.updates,
            "from": self.me,
            "chat": self.chat,
            "date": int(time.time()),
            **({"text": text} if text else content),
        }
        return self._push(message=message)

    def presses(self, label: str) -> str:
        """Press a button of the last message."""
        keyboard = self._mine()[-1]["reply_markup"]["inline_keyboard"]
        data = next(
            button["callback_data"]
            for row in keyboard
            for button in row
            if label in button["text"]
        )
        query = {
            "id": str(self.updates),
            "from": self.me,
            "message": {"message_id": 1, "date": 1, "chat": self.chat, "text": "?"},
            "chat_instance": "1",
            "data": data,
        }
        return self._push(callback_query=query)

    def _push(self, **update: Any) -> str:
        before = len(self._mine())
        self.updates += 1
        assert self.fake.push({"update_id": self.updates, **update}) == [200]
        deadline = time.monotonic() + 30
        while len(self._mine()) == before:
            assert time.monotonic() < deadline, "no answer"
            time.sleep(0.05)
        time.sleep(0.5)
        return "\n".join(sent["text"] for sent in self._mine()[before:])

    def _mine(self) -> list[dict[str, Any]]:
        return [
            sent for sent in self.fake.sent if str(sent["chat_id"]) == str(self.number)
        ]


@pytest.fixture(scope="module")
def fake(shop: Embedded) -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        shop.shell(MAKE.format(token=server.token, secret=SECRET, url=server.url))
        server.webhook_url = f"{shop.url}/webhooks/telegram/bot/"
        server.webhook_secret = SECRET
        yield server


def test_an_order_is_found_and_cancelled_by_a_button(
    fake: FakeTelegram, shop: Embedded
) -> None:
    ada = Person(fake, 501)
    assert "order number" in ada.says("I need to cancel my order")
    assert "e-mail" in ada.says("SO100219")
    owner = shop.shell(
        "from orders.models import Order;"
        "print(Order.objects.get(number='SO100219').customer.email)"
    )
    assert "SO100219" in ada.says(owner)
    assert "cancelled" in ada.presses("Yes")
    assert fake.called("answerCallbackQuery")
    assert fake.called("sendChatAction")


def test_a_photo_is_answered_with_what_to_do_instead(fake: FakeTelegram) -> None:
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]
    assert "pictures" in Person(fake, 502).says(photo=photo)


def test_chinese_is_answered_in_chinese(fake: FakeTelegram) -> None:
    assert "工作日" in Person(fake, 503).says("退款多久能到账")


def test_a_wrong_secret_is_refused_and_leaves_nothing(
    fake: FakeTelegram, shop: Embedded
) -> None:
    answer = httpx.post(
        f"{shop.url}/webhooks/telegram/bot/",
        json={"update_id": 7},
        headers={"X-Telegram-Bot-Api-Secret-Token": "wrong"},
    )
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    count = "from bots.models import InboundEvent as I; print(I.objects.filter(dedup_key='u:7').count())"
    assert shop.shell(count) == "0"
