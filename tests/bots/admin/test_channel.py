"""A channel's secrets go in and never come out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from bots.groups import MANAGER
from bots.models import Channel
from tests.bots.admin import rows
from tests.bots.admin.test_pages import PAGES, address
from tests.bots.campaigns import people

pytestmark = pytest.mark.django_db

Login = Callable[..., Client]


@pytest.fixture
def channel() -> Channel:
    return people.channel(slug="shop-bot", token=rows.TOKEN, secret=rows.SECRET)


def page(channel: Channel) -> str:
    return reverse("admin:bots_channel_change", args=[channel.pk])


def form(**fields: str) -> dict[str, str]:
    return {"name": "Bot", "active": "on", "token": "", "secret": "", **fields}


def assert_hidden(answer: Any) -> None:
    text = answer.content.decode()
    assert rows.TOKEN not in text
    assert rows.SECRET not in text


@pytest.mark.parametrize("model", PAGES)
def test_no_page_shows_a_secret(model: Any, boss: Client) -> None:
    rows.everything()
    for row in model._default_manager.all():
        assert_hidden(boss.get(address(model, "change", row.pk)))
    assert_hidden(boss.get(address(model, "changelist")))


def test_a_refused_form_does_not_show_it_either(channel: Channel, boss: Client) -> None:
    answer = boss.post(page(channel), form(name="", token=rows.TOKEN, secret="short"))

    assert answer.status_code == 200
    assert_hidden(answer)
    assert "short" not in answer.content.decode().split("<form")[-1]


def test_who_may_only_look_sees_no_field_for_it(
    channel: Channel, client: Client
) -> None:
    user = rows.staff()
    user.user_permissions.add(Permission.objects.get(codename="view_channel"))
    client.force_login(user)

    answer = client.get(page(channel))

    assert answer.status_code == 200
    assert_hidden(answer)
    assert 'name="token"' not in answer.content.decode()


def test_says_whether_one_is_set_and_where_the_webhook_is(
    channel: Channel, boss: Client
) -> None:
    text = boss.get(page(channel)).content.decode()

    assert "One is set. Leave empty to keep it." in text
    assert "/webhooks/telegram/shop-bot/" in text


def test_nothing_typed_keeps_it(channel: Channel, login: Login) -> None:
    login(MANAGER).post(page(channel), form())

    channel.refresh_from_db()
    assert (channel.name, channel.token) == ("Bot", rows.TOKEN)
    assert channel.secret == rows.SECRET
    assert "oken" not in LogEntry.objects.get().get_change_message()


def test_a_new_one_takes_its_place_and_is_logged(
    channel: Channel, login: Login
) -> None:
    login(MANAGER).post(page(channel), form(token="987:new"))

    channel.refresh_from_db()
    assert (channel.token, channel.secret) == ("987:new", rows.SECRET)
    log = LogEntry.objects.get()
    assert "Token" in log.get_change_message()
    assert "987:new" not in log.change_message


@pytest.mark.parametrize("secret", ["short", "with spaces in it, long", "密" * 20])
def test_refuses_a_secret_that_can_be_guessed_or_sent_nowhere(
    secret: str, channel: Channel, boss: Client
) -> None:
    answer = boss.post(page(channel), form(secret=secret))

    assert answer.status_code == 200
    channel.refresh_from_db()
    assert channel.secret == rows.SECRET


def test_a_new_channel_gets_a_secret_of_its_own(boss: Client) -> None:
    boss.post(
        reverse("admin:bots_channel_add"), form(kind="web", slug="web", name="Chat")
    )

    assert len(Channel.objects.get().secret) >= 32


def test_kind_and_slug_stay(channel: Channel, boss: Client) -> None:
    boss.post(page(channel), form(kind="web", slug="other"))

    channel.refresh_from_db()
    assert (channel.kind, channel.slug) == ("telegram", "shop-bot")


def test_cannot_be_deleted(channel: Channel, boss: Client) -> None:
    answer = boss.post(
        reverse("admin:bots_channel_delete", args=[channel.pk]), {"post": "yes"}
    )

    assert answer.status_code == 403
    assert Channel.objects.exists()
