"""The whole way on Telegram: from an update at the webhook to the reply at the platform."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from bots import tasks
from bots.models import Channel, Message
from tests import factories
from tests.bots.conftest import Understands
from tests.bots.dialogue.talks import meaning
from tests.emulators.telegram import FakeTelegram

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("understands")]

MIA = {"id": 5, "is_bot": False, "first_name": "Mia", "language_code": "en"}
Push = Callable[..., list[str]]


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as telegram:
        yield telegram


@pytest.fixture
def channel(fake: FakeTelegram) -> Channel:
    return factories.channel(
        Channel.Kind.TELEGRAM, token=fake.token, secret="let-me-in", api_url=fake.url
    )


@pytest.fixture
def push(
    client: Client,
    channel: Channel,
    fake: FakeTelegram,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Push:
    """Deliver an update as Telegram does; return what was answered to it."""

    def at_once(task: Any, arguments: dict[str, Any], seconds: float = 0.0) -> None:
        task(**arguments)

    monkeypatch.setattr(tasks, "enqueue", at_once)

    def push(number: int = 1, **content: Any) -> list[str]:
        before = len(fake.shown)
        message = {
            "message_id": number,
            "from": MIA,
            "chat": {"id": 5, "type": "private", "first_name": "Mia"},
            "date": int(time.time()),
            **content,
        }
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(
                f"/webhooks/telegram/{channel.slug}/",
                json.dumps({"update_id": number, "message": message}),
                content_type="application/json",
                headers={"X-Telegram-Bot-Api-Secret-Token": "let-me-in"},
            )
        assert answer.status_code == 200
        return fake.shown[before:]

    return push


def test_words_are_answered(push: Push) -> None:
    [reply] = push(text="hello")
    assert reply.startswith("Hello!")


def test_the_same_update_again_is_answered_once(push: Push) -> None:
    assert len(push(text="hello")) == 1
    assert push(text="hello") == []
    assert Message.objects.filter(sender="shopper").count() == 1


def test_that_the_message_arrived_is_shown(push: Push, fake: FakeTelegram) -> None:
    push(text="hello")
    assert len(fake.called("sendChatAction")) == 1


def test_a_photo_where_words_were_expected_is_answered(
    push: Push, fake: FakeTelegram, understands: Understands
) -> None:
    understands.otherwise = meaning("order_status")
    push(text="where is my order?")
    photo = {"file_id": "a", "file_unique_id": "b", "width": 90, "height": 90}
    reply, asked_again = push(2, photo=[photo])
    assert "cannot look at pictures" in reply
    assert "order number" in asked_again
    assert fake.sent[1]["reply_markup"]["inline_keyboard"]


def test_what_cannot_be_read_at_all_is_answered(push: Push) -> None:
    [reply] = push(text="hello")
    assert reply
    [reply] = push(2, future_kind={"x": 1})
    assert "describe it in a few words" in reply
