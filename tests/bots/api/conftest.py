"""A chat over HTTP, without a browser."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from bots.models import Conversation


class Chat:
    """A shopper's browser, as far as the API sees it."""

    def __init__(self, **session: Any) -> None:
        self.client = Client()
        answer = self.post("sessions", session)
        assert answer.status_code == 201, answer.content
        self.token: str = answer.json()["token"]
        self.talk = Conversation.objects.get(pk=answer.json()["conversation"])

    @property
    def bearer(self) -> dict[str, str]:
        token = getattr(self, "token", "")
        return {"Authorization": f"Bearer {token}"} if token else {}

    def post(self, path: str, body: Any) -> Any:
        return self.client.post(
            f"/chat/{path}",
            body,
            content_type="application/json",
            headers=self.bearer,
        )

    def say(self, text: str, client_id: str = "") -> Any:
        return self.post(
            "messages", {"client_id": client_id or str(uuid.uuid4()), "text": text}
        )

    def look(self, after: int = 0) -> dict[str, Any]:
        answer = self.client.get(
            "/chat/messages", {"after": after}, headers=self.bearer
        )
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def chat(db: None) -> Chat:
    return Chat(language="en")


def assert_problem(answer: Any, status: int) -> None:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
