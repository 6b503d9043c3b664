"""What staff do with FAQs and gaps in the console."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kb.models import Entry, Gap, Translation
from tests.kb.made import faq, say

pytestmark = pytest.mark.django_db

LIST = "admin:kb_entry_changelist"
OLD = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def static_root(settings: Any, tmp_path: Path) -> None:
    # Whitenoise warns of a folder that is not there.
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("boss"))
    return client


def form(entry: Entry | None = None, *translations: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "ref": entry.ref if entry else "NEW",
        "category": "shipping",
        "status": "published",
        "translations-TOTAL_FORMS": len(translations),
        "translations-INITIAL_FORMS": entry.translations.count() if entry else 0,
    }
    for number, cells in enumerate(translations):
        data |= {f"translations-{number}-{name}": v for name, v in cells.items()}
    return data


def words(translation: Translation | None = None, **cells: Any) -> dict[str, Any]:
    known = {"id": translation.pk, "entry": translation.entry_id} if translation else {}
    said = {
        "language": "en",
        "question": "How much?",
        "answer": "Free.",
        "variants": "",
    }
    return {**known, **said, **cells}


def texts(entry: Entry) -> list[str]:
    return [v.text for t in entry.translations.all() for v in t.variants.all()]


def save(staff: Client, entry: Entry, *translations: dict[str, Any]) -> Any:
    url = reverse("admin:kb_entry_change", args=[entry.pk])
    return staff.post(url, form(entry, *translations))


def test_a_new_entry_comes_with_its_words(staff: Client) -> None:
    data = form(None, words(variants="postage\r\n\r\n delivery fee \r\npostage"))
    assert staff.post(reverse("admin:kb_entry_add"), data).status_code == 302
    assert texts(Entry.objects.get(ref="NEW")) == ["postage", "delivery fee"]


def test_variants_are_shown_one_a_line(staff: Client) -> None:
    entry = faq(variants=("postage", "delivery fee"))
    page = staff.get(reverse("admin:kb_entry_change", args=[entry.pk]))
    assert "postage\ndelivery fee" in page.content.decode()


def test_changing_only_variants_touches_the_entry(staff: Client) -> None:
    entry = faq("How much?", "Free.", variants=("postage",))
    Entry.objects.update(updated_at=OLD)
    translation = entry.translations.get()
    assert save(staff, entry, words(translation, variants="fee")).status_code == 302
    entry.refresh_from_db()
    assert texts(entry) == ["fee"]
    assert entry.updated_at > OLD


@pytest.mark.parametrize(
    "cells", [{"variants": "a|b"}, {"variants": "v" * 501}, {"language": "zh_CN"}]
)
def test_words_that_no_file_could_hold_are_refused(
    staff: Client, cells: dict[str, str]
) -> None:
    entry = faq("How much?", "Free.", variants=("postage",))
    refused = save(staff, entry, words(entry.translations.get(), **cells))
    assert refused.status_code == 200
    assert texts(entry) == ["postage"]


def test_a_translation_can_be_deleted(staff: Client) -> None:
    entry = faq("How much?", "Free.")
    say(entry, "多少钱", language="zh")
    english, chinese = entry.translations.order_by("language")
    saved = save(
        staff, entry, words(english), words(chinese, language="zh", DELETE="on")
    )
    assert saved.status_code == 302
    assert [t.language for t in entry.translations.all()] == ["en"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?status__exact=draft", {"draft"}),
        ("?category=returns", {"back"}),
        ("?missing=zh", {"draft", "back"}),
        ("?q=postage", {"both"}),
        ("?q=Seven", {"back"}),
        ("?q=多少", {"both"}),
    ],
)
def test_filters_and_search(staff: Client, query: str, found: set[str]) -> None:
    say(faq(ref="both", variants=("postage",)), "多少钱", language="zh")
    faq(ref="draft", status="draft")
    faq("Back?", "Seven days.", ref="back", category="returns")
    page = staff.get(reverse(LIST) + query)
    assert {entry.ref for entry in page.context["cl"].result_list} == found


@pytest.mark.parametrize(
    ("action", "status"), [("publish", "published"), ("archive", "archived")]
)
def test_actions_change_what_is_chosen_and_stamp_it(
    staff: Client, action: str, status: str
) -> None:
    chosen, other = faq(status="draft"), faq(status="draft")
    Entry.objects.update(updated_at=OLD)
    data = {"action": action, "_selected_action": [chosen.pk]}
    staff.post(reverse(LIST) + "?q=shipping", data)
    chosen.refresh_from_db()
    other.refresh_from_db()
    assert (chosen.status, other.status) == (status, "draft")
    assert chosen.updated_at > OLD


def test_who_may_only_look_can_change_nothing(client: Client) -> None:
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(
        Permission.objects.filter(
            content_type__app_label="kb", codename__contains="view"
        )
    )
    client.force_login(reader)
    entry = faq(status="draft")
    client.post(reverse(LIST), {"action": "publish", "_selected_action": [entry.pk]})
    entry.refresh_from_db()
    assert entry.status == "draft"


def test_a_gap_is_resolved_and_never_added(staff: Client) -> None:
    gap = Gap.objects.create(question="Mars?", language="en", asked_at=OLD)
    url = reverse("admin:kb_gap_changelist")
    staff.post(url, {"action": "resolve", "_selected_action": [gap.pk]})
    gap.refresh_from_db()
    assert gap.resolved
    assert staff.get(reverse("admin:kb_gap_add")).status_code == 403


def test_pages_cost_the_same_however_much_they_show(staff: Client) -> None:
    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert staff.get(url).status_code == 200
        return len(seen)

    entry = faq(variants=("a",))
    Gap.objects.create(question="?", language="en", asked_at=OLD, nearest=entry)
    urls = [
        reverse(LIST),
        reverse("admin:kb_gap_changelist"),
        reverse("admin:kb_entry_change", args=[entry.pk]),
    ]
    # The first visit also fills Django's cache of content types.
    for url in urls:
        cost(url)
    before = [cost(url) for url in urls]
    for number in range(12):
        say(entry, f"Q{number}", language=f"x{'abcdefghijkl'[number]}", variants=("v",))
        other = faq()
        Gap.objects.create(question="?", language="en", asked_at=OLD, nearest=other)
    assert [cost(url) for url in urls] == before
