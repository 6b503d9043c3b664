"""Who may begin a talk, and as whom."""

import hashlib
import hmac
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from bots.api import session
from bots.models import Channel, Contact, Conversation
from tests import factories
from tests.bots.api.conftest import Chat, assert_problem

pytestmark = pytest.mark.django_db


def proof(ref: str) -> dict[str, str]:
    secret = session.web_channel().secret
    return {
        "ref": ref,
        "hash": hmac.new(secret.encode(), ref.encode(), hashlib.sha256).hexdigest(),
    }


def begin(body: Any) -> Any:
    return Client().post("/chat/sessions", body, content_type="application/json")


def test_a_stranger_gets_a_talk_and_the_channel_is_made() -> None:
    answer = begin({})

    assert answer.status_code == 201
    talk = Conversation.objects.get(pk=answer.json()["conversation"])
    assert talk.channel == Channel.objects.get(slug="web")
    assert talk.customer is None


def test_the_reference_hash_is_ours() -> None:
    made = session.customer_hash("shop-widget-secret", "customer-1042")

    assert made == "7ee938727fe636cb0f8f7b5778ef452cc0f0b957971e344de39bb41ce55745f6"


def test_a_proved_customer_is_known_on_talk_and_contact() -> None:
    anna = factories.customer()

    talk = Chat(customer=proof(anna.ref)).talk

    assert talk.customer == anna
    assert talk.contact.customer == anna


def test_the_same_customer_is_the_same_contact() -> None:
    anna = factories.customer()

    talks = [Chat(customer=proof(anna.ref)).talk for _ in range(2)]

    assert talks[0] != talks[1]
    assert talks[0].contact == talks[1].contact


def test_a_wrong_hash_and_a_stranger_hear_the_same() -> None:
    anna = factories.customer()
    wrong = begin({"customer": {"ref": anna.ref, "hash": "0" * 64}})
    stranger = begin({"customer": proof("nobody")})

    assert_problem(wrong, 403)
    assert wrong.content == stranger.content
    assert not Conversation.objects.exists()


def test_a_lost_secret_proves_nothing() -> None:
    anna = factories.customer()
    channel = session.web_channel()
    channel.secret = ""
    channel.save()

    assert_problem(begin({"customer": proof(anna.ref)}), 403)
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {"customer": "C1"},
        {"customer": {"ref": "C1"}},
        {"customer": {"ref": 1, "hash": "x"}},
        {"language": 3},
        [],
        '"text"',
    ],
)
def test_what_has_the_wrong_shape_is_refused(body: Any) -> None:
    assert_problem(begin(body), 422)


def test_odd_characters_in_a_proof_are_only_wrong() -> None:
    assert_problem(begin('{"customer": {"ref": "\\ud800\\u0000", "hash": "é"}}'), 403)


@pytest.mark.parametrize(
    ("tag", "language"),
    [("zh-CN", "zh"), ("ZH_hans", "zh"), ("en-GB", "en"), ("fr", ""), ("", "")],
)
def test_the_language_is_ours_or_open(tag: str, language: str) -> None:
    assert Chat(language=tag).talk.language == language


def test_a_closed_channel_takes_nobody() -> None:
    channel = session.web_channel()
    channel.active = False
    channel.save()

    assert_problem(begin({}), 503)


def test_a_closed_channel_takes_no_words() -> None:
    chat = Chat()
    Channel.objects.update(active=False)

    assert_problem(chat.say("hello"), 503)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x.y.z", "Basic abc"])
def test_without_a_token_nothing_is_told(header: str) -> None:
    for answer in (
        Client().get("/chat/messages", headers={"Authorization": header}),
        Client().post("/chat/typing", headers={"Authorization": header}),
    ):
        assert_problem(answer, 401)
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_ends_after_half_a_year() -> None:
    chat = Chat()

    with time_machine.travel(timezone.now() + timedelta(days=179)):
        assert chat.look()["messages"] == []
    with time_machine.travel(timezone.now() + timedelta(days=181)):
        assert_problem(chat.say("still me"), 401)


def test_an_older_kind_of_token_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    chat = Chat()
    monkeypatch.setattr(session, "VERSION", session.VERSION + 1)

    assert_problem(chat.say("hello"), 401)


def test_a_talk_that_is_gone_has_no_token() -> None:
    chat = Chat()
    chat.talk.delete()

    assert_problem(chat.say("hello"), 401)
    assert_problem(chat.client.get("/chat/messages", headers=chat.bearer), 401)
    assert_problem(chat.client.get("/chat/events", {"token": chat.token}), 401)
