"""Methods, origins, addresses, rates: what is checked before anything is done."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from bots.api import rate
from tests.bots.api.conftest import Chat, assert_problem

SHOP = "https://shop.example"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "sessions"),
        ("delete", "messages"),
        ("post", "events"),
        ("get", "typing"),
        ("put", "read"),
    ],
)
def test_a_wrong_method_is_named(method: str, path: str) -> None:
    answer = getattr(Client(), method)(f"/chat/{path}")

    assert_problem(answer, 405)
    assert "OPTIONS" in answer["Allow"]


@pytest.mark.parametrize("path", ["nothing", "sessions/", "messages/7"])
def test_an_unknown_address_is_a_problem(path: str) -> None:
    assert_problem(Client().get(f"/chat/{path}"), 404)


@pytest.mark.parametrize("path", ["sessions", "messages", "events"])
def test_a_listed_origin_may_ask(path: str, settings: Any) -> None:
    settings.CHAT_ORIGINS = [SHOP]

    answer = Client().options(f"/chat/{path}", headers={"Origin": SHOP})

    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == SHOP
    assert "Authorization" in answer["Access-Control-Allow-Headers"]
    assert "Origin" in answer["Vary"]


@pytest.mark.parametrize("listed", [[], [SHOP]])
def test_no_other_origin_may_ask(listed: list[str], settings: Any) -> None:
    settings.CHAT_ORIGINS = listed

    answer = Client().options(
        "/chat/sessions", headers={"Origin": "https://evil.example"}
    )

    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.django_db
def test_no_csrf_token_is_needed() -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/chat/sessions", {}, content_type="application/json"
    )

    assert answer.status_code == 201


def test_too_many_sessions_are_refused(db: None, settings: Any) -> None:
    settings.CHAT_SESSION_RATE = 2
    for _ in range(2):
        Chat()

    answer = Client().post("/chat/sessions", {}, content_type="application/json")

    assert_problem(answer, 429)
    assert 0 < int(answer["Retry-After"]) <= 600


def test_too_many_messages_are_refused(db: None, settings: Any) -> None:
    settings.CHAT_MESSAGE_RATE = 2
    chat, other = Chat(), Chat()
    for _ in range(2):
        chat.say("hello")

    assert_problem(chat.say("hello"), 429)
    assert other.say("hello").status_code == 202


def test_zero_means_no_limit(db: None, settings: Any) -> None:
    settings.CHAT_SESSION_RATE = settings.CHAT_MESSAGE_RATE = 0
    chat = Chat()

    assert {chat.say("hello").status_code for _ in range(40)} == {202}


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
        ("127.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
        ("127.0.0.1", "nonsense", "unknown"),
    ],
)
def test_whose_requests_are_counted(remote: str, forwarded: str, expected: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)

    assert rate.network(request) == expected
