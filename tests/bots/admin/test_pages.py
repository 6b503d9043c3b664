"""Every page opens for those who may see it and for nobody else, at a fixed cost."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bots.groups import AGENT, GROUPS, KNOWLEDGE_EDITOR, MANAGER
from tests.bots.admin import rows

pytestmark = pytest.mark.django_db

Login = Callable[..., Client]

OURS = {"bots", "auth", "admin"}
PAGES = [model for model in admin.site._registry if model._meta.app_label in OURS]
# Page -> who sees it. Nobody but a superuser sees what is not here.
READERS = {
    "bots.channel": {MANAGER},
    "bots.contact": {AGENT, MANAGER},
    "bots.consent": {AGENT, MANAGER},
    "bots.conversation": {AGENT, MANAGER},
    "bots.ticket": {AGENT, MANAGER},
    "bots.campaign": {MANAGER},
    "bots.delivery": {MANAGER},
    "bots.inboundevent": {MANAGER},
    "bots.feedback": {MANAGER},
    "bots.term": {MANAGER},
    "bots.turntrace": {AGENT, MANAGER},
    "bots.correction": {MANAGER},
    "bots.trainedmodel": {MANAGER},
    "bots.languagemodelcall": {MANAGER},
    "auth.user": {MANAGER},
    "auth.group": {MANAGER},
    "admin.logentry": {MANAGER},
}
# What can be made by hand at all.
MADE_BY_HAND = {
    "bots.channel",
    "bots.campaign",
    "bots.correction",
    "bots.term",
    "auth.user",
    "auth.group",
}


def address(model: type[Model], page: str, *arguments: object) -> str:
    name = model._meta.label_lower.replace(".", "_")
    return reverse(f"admin:{name}_{page}", args=arguments)


def detail(model: type[Model]) -> str:
    return address(model, "change", model._default_manager.latest("pk").pk)


def test_there_are_pages() -> None:
    assert {model._meta.label_lower for model in PAGES} == set(READERS)


@pytest.mark.parametrize("model", PAGES)
def test_list_and_detail_open(model: type[Model], boss: Client) -> None:
    rows.everything()

    assert boss.get(address(model, "changelist")).status_code == 200
    assert boss.get(detail(model)).status_code == 200


@pytest.mark.parametrize("model", PAGES)
def test_search_and_the_way_back_open(model: type[Model], boss: Client) -> None:
    rows.everything()
    found = boss.get(address(model, "changelist"), {"q": "1"})
    history = boss.get(
        address(model, "history", model._default_manager.latest("pk").pk)
    )

    assert (found.status_code, history.status_code) == (200, 200)


@pytest.mark.parametrize("model", PAGES)
def test_only_some_rows_are_made_by_hand(model: type[Model], boss: Client) -> None:
    expected = 200 if model._meta.label_lower in MADE_BY_HAND else 403

    assert boss.get(address(model, "add")).status_code == expected


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("model", PAGES)
def test_opens_for_the_right_groups(
    model: type[Model], group: str, login: Login
) -> None:
    rows.everything()
    client = login(group)
    expected = 200 if group in READERS[model._meta.label_lower] else 403

    assert client.get(address(model, "changelist")).status_code == expected
    assert client.get(detail(model)).status_code == expected


@pytest.mark.parametrize("model", PAGES)
def test_shows_nothing_to_strangers(model: type[Model], client: Client) -> None:
    answer = client.get(address(model, "changelist"))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("model", PAGES)
def test_a_list_costs_the_same_however_long(model: type[Model], boss: Client) -> None:
    rows.everything()
    before = cost(boss, address(model, "changelist"))
    for _ in range(3):
        rows.everything()

    assert cost(boss, address(model, "changelist")) == before


def cost(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


@pytest.mark.parametrize("group", GROUPS)
def test_the_sidebar_leads_only_where_one_may_go(group: str, login: Login) -> None:
    client = login(group)
    page = client.get(reverse("admin:index")).content.decode()

    for model in PAGES:
        is_shown = f'href="{address(model, "changelist")}"' in page
        assert is_shown == (group in READERS[model._meta.label_lower])
    assert ('href="/desk/"' in page) == (group != KNOWLEDGE_EDITOR)
