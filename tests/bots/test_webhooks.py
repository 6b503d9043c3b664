"""The door where platforms deliver: clear answers, and nothing lost."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from kombu.exceptions import OperationalError as BrokerDown
from pytest_django import DjangoCaptureOnCommitCallbacks

from bots import tasks
from bots.models import Channel, InboundEvent
from tests import factories
from tests.bots.conftest import Queue

pytestmark = pytest.mark.django_db

PAYLOADS = Path(__file__).parent.parent / "channels" / "payloads" / "telegram"
SECRET = "let-me-in"
QUESTION = (PAYLOADS / "text_question.json").read_bytes()


@pytest.fixture
def channel() -> Channel:
    return factories.channel(Channel.Kind.TELEGRAM, secret=SECRET)


def post(
    client: Client, slug: str, body: bytes = QUESTION, secret: str = SECRET
) -> Any:
    return client.post(
        f"/webhooks/telegram/{slug}/",
        body,
        content_type="application/json",
        headers={"X-Telegram-Bot-Api-Secret-Token": secret},
    )


def refused(response: Any) -> tuple[int, str]:
    """The status and detail of a problem document, after which nothing is stored."""
    assert response["Content-Type"] == "application/problem+json"
    document = json.loads(response.content)
    assert document["status"] == response.status_code
    assert not InboundEvent.objects.exists()
    return response.status_code, document["detail"]


def test_an_update_is_stored_and_looked_at_after_the_commit(
    client: Client,
    channel: Channel,
    queue: Queue,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        assert post(client, channel.slug).status_code == 200
        assert queue.items == []
    for callback in callbacks:
        callback()
    key = InboundEvent.objects.get().conversation_key
    assert queue.of("converse") == [{"channel_id": channel.pk, "key": key}]


def test_the_same_update_again_is_one_row(client: Client, channel: Channel) -> None:
    for _ in range(2):
        assert post(client, channel.slug).status_code == 200
    assert InboundEvent.objects.count() == 1


@pytest.mark.parametrize("secret", ["let-me-out", ""])
def test_a_wrong_secret_is_turned_away(
    client: Client, channel: Channel, secret: str
) -> None:
    assert refused(post(client, channel.slug, secret=secret)) == (403, "wrong secret")


def test_a_channel_without_a_secret_takes_nothing(client: Client) -> None:
    channel = factories.channel(Channel.Kind.TELEGRAM, secret="")
    assert refused(post(client, channel.slug, secret=""))[0] == 403


@pytest.mark.parametrize("body", [b"{", b" ", b"[]", b'"text"', b"\xff", b"[" * 99_999])
def test_what_is_no_update_is_a_bad_request(
    client: Client, channel: Channel, body: bytes
) -> None:
    assert refused(post(client, channel.slug, body))[0] == 400


def test_an_update_that_is_not_understood_is_stored_all_the_same(
    client: Client, channel: Channel
) -> None:
    assert post(client, channel.slug, b'{"update_id": 7, "odd": {}}').status_code == 200
    assert InboundEvent.objects.count() == 1


def test_an_unknown_channel_is_not_there(client: Client) -> None:
    assert refused(post(client, "nobody")) == (404, "There is no such channel.")


def test_a_channel_of_another_kind_is_not_there(client: Client) -> None:
    web = factories.channel(Channel.Kind.WEB, secret=SECRET)
    assert refused(post(client, web.slug))[0] == 404


def test_a_channel_that_is_switched_off_is_not_there(
    client: Client, channel: Channel
) -> None:
    Channel.objects.update(active=False)
    assert refused(post(client, channel.slug))[0] == 404


def test_the_chat_page_has_no_webhook(client: Client) -> None:
    web = factories.channel(Channel.Kind.WEB)
    address = f"/webhooks/web/{web.slug}/"
    assert refused(client.post(address, {}))[0] == 404


@pytest.mark.parametrize("method", ["get", "put", "delete", "head"])
def test_any_other_method_is_told_which_is_allowed(
    client: Client, channel: Channel, method: str
) -> None:
    response = getattr(client, method)(f"/webhooks/telegram/{channel.slug}/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"


def test_what_is_too_large_is_not_even_read(client: Client, channel: Channel) -> None:
    body = b'{"update_id": 1, "x": "' + b"x" * 1024 * 1024 + b'"}'
    assert refused(post(client, channel.slug, body))[0] == 413


def test_a_dead_broker_does_not_fail_the_webhook(
    client: Client,
    channel: Channel,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def down(**options: Any) -> None:
        raise BrokerDown

    monkeypatch.setattr(tasks.converse, "apply_async", down)
    with django_capture_on_commit_callbacks(execute=True):
        assert post(client, channel.slug).status_code == 200
    assert InboundEvent.objects.get().status == InboundEvent.Status.NEW
