"""FAQs over HTTP."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kb.models import Entry, Translation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("boss"))
    return client


@pytest.fixture(autouse=True)
def faqs() -> None:
    delivery = factories.entry("How long is delivery?", "Three days.")
    Entry.objects.filter(pk=delivery.pk).update(ref="delivery", category="shipping")
    chinese = Translation.objects.create(
        entry=delivery, language="zh", question="多久送到？", answer="三天。"
    )
    chinese.ask_also(["几天能到", "配送要多久"])
    Entry.objects.create(ref="gifts")


def _rows(boss: Client, **query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = boss.get("/api/faqs/", query).json()["results"]
    return rows


def test_entry_comes_with_its_languages(boss: Client) -> None:
    english, chinese = boss.get("/api/faqs/delivery/").json()["translations"]
    assert english["answer"] == "Three days."
    assert chinese["variants"] == ["几天能到", "配送要多久"]


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ({}, ["delivery", "gifts"]),
        ({"status": "draft"}, ["gifts"]),
        ({"category": "shipping"}, ["delivery"]),
        ({"language": "zh"}, ["delivery"]),
        ({"language": "fr"}, []),
        ({"updated_after": "2120-01-01T00:00:00Z"}, []),
        ({"search": "几天"}, ["delivery"]),
        ({"search": "三天"}, ["delivery"]),
    ],
)
def test_filter(boss: Client, query: dict[str, str], refs: list[str]) -> None:
    assert [row["ref"] for row in _rows(boss, **query)] == refs
