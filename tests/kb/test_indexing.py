"""The index follows the database: soon, cheaply, in every process."""

import logging
import time
from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kb import indexing
from kb.indexing import Live, build, live
from kb.models import Entry, Translation
from kb.search import search
from tests.kb.made import broken, faq, say

pytestmark = pytest.mark.django_db

# As it is outside of tests, where conftest.py makes it nothing.
CHECK_EVERY = indexing.CHECK_EVERY


def refs(of: Live = live) -> list[str]:
    return [article.ref for article in of.current().articles]


def test_only_what_is_published_is_indexed() -> None:
    shown = faq()
    faq(status=Entry.Status.DRAFT)
    faq(status=Entry.Status.ARCHIVED)
    assert refs() == [shown.ref]


def test_each_process_follows_a_publish() -> None:
    here, there = Live(), Live()
    assert refs(here) == refs(there) == []
    entry = faq(status=Entry.Status.DRAFT)
    Entry.objects.all().become(Entry.Status.PUBLISHED)
    assert refs(here) == refs(there) == [entry.ref]


def test_each_change_is_followed() -> None:
    entry = faq("How much is shipping?")
    assert refs() == [entry.ref]
    say(entry, "运费怎么算", language="zh")
    assert search("运费怎么算").hits[0].question == "运费怎么算"
    Translation.objects.filter(language="zh").get().delete()
    assert search("运费怎么算").hits[0].question == "How much is shipping?"
    entry.delete()
    assert refs() == []


def test_the_database_is_looked_at_once_a_second(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(indexing, "CHECK_EVERY", 60.0)
    faq()
    live.current()
    with django_assert_num_queries(0):
        live.current()
    monkeypatch.setattr(indexing, "CHECK_EVERY", 0.0)
    with django_assert_num_queries(1):
        live.current()


def test_a_publish_is_found_within_two_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "CHECK_EVERY", CHECK_EVERY)
    assert not search("How much is shipping?").hits
    began = time.monotonic()
    faq("How much is shipping?")
    while not search("How much is shipping?").hits:
        assert time.monotonic() - began < 2
        time.sleep(0.05)


def test_what_did_not_change_is_not_read_again() -> None:
    faq()
    first = build()
    faq()
    second = build(first)
    assert second.articles[0] is first.articles[0]
    assert len(second.articles) == 2
    assert build(second) is second


def test_a_change_stamped_before_the_newest_is_found_by_comparing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry, _ = faq("How much is shipping?"), faq("Do you wrap gifts?")
    live.current()
    earlier = timezone.now() - timedelta(days=1)
    Translation.objects.filter(entry=entry).update(question="What is postage?")
    Entry.objects.filter(pk=entry.pk).update(updated_at=earlier)
    assert live.current().articles[0].texts[0].question == "How much is shipping?"
    monkeypatch.setattr(indexing, "COMPARE_EVERY", 0.0)
    assert live.current().articles[0].texts[0].question == "What is postage?"


def test_an_entry_without_words_is_left_out() -> None:
    Entry.objects.create(ref="bare", status=Entry.Status.PUBLISHED)
    assert refs() == []


def test_a_failed_rebuild_keeps_the_old_index_and_alarms(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    entry = faq()
    live.current()
    monkeypatch.setattr(indexing, "version", broken)
    with caplog.at_level(logging.ERROR):
        assert refs() == [entry.ref]
    assert "ALARM" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_validity_is_judged_when_asked() -> None:
    now = timezone.now()
    faq("Is there a sale?", valid_from=now, valid_to=now + timedelta(hours=1))
    assert search("Is there a sale?").hits
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        assert not search("Is there a sale?").hits
    assert not search("Is there a sale?", at=now - timedelta(seconds=1)).hits


@pytest.mark.django_db(transaction=True)
def test_threads_search_while_entries_are_published() -> None:
    faq("How much is shipping?")
    wrong: list[object] = []
    searched: list[int] = []

    def shop() -> None:
        try:
            for _ in range(20):
                hits = search("how much is postage").hits
                if not hits or hits[0].question != "How much is shipping?":
                    wrong.append(hits)
                searched.append(len(hits))
        finally:
            connection.close()

    threads = [Thread(target=shop) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(10):
        faq(f"Do you sell kettle number {number}?", "Yes, we do.")
    for thread in threads:
        thread.join(timeout=60)
    assert not wrong
    assert len(searched) == 120
    assert len(refs()) == 11
