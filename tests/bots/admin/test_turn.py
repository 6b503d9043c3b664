"""Turns to look at are found by why, and lead to a correction."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bots.messages import Sender
from bots.models import Conversation, TurnTrace
from tests.bots.admin import rows
from tests.factories import conversation

pytestmark = pytest.mark.django_db

LIST = "/admin/bots/turntrace/"
# What was said -> what was understood of it.
TURNS: dict[str, dict[str, Any]] = {
    "plain as day": {"confidence": 0.95},
    "who can tell": {"confidence": 0.31},
    "models differ": {
        "review": {"model": "disagreed", "local": [["chitchat", 0.4]]},
    },
    "models agree": {"review": {"model": "agreed"}},
    "bad word": {"watched": ["lawyer"]},
    "right now!": {"flags": ["urgent", "abusive"]},
}


@pytest.fixture
def talk(db: None) -> Conversation:
    talk = conversation()
    for text, more in TURNS.items():
        given = dict(more)
        best = {"name": "greet", "confidence": given.pop("confidence", 0.9)}
        message = rows.said(talk, Sender.SHOPPER, text)
        TurnTrace.objects.create(
            conversation=talk,
            at=timezone.now(),
            first_seq=message.place,
            last_seq=message.place,
            understanding={"language": "en", "intents": [best], **given},
            milliseconds=5,
        )
    return talk


@pytest.mark.parametrize(
    ("why", "found"),
    [
        ("unsure", ["who can tell"]),
        ("disputed", ["models differ"]),
        ("watched", ["bad word"]),
        ("flagged", ["right now!"]),
        ("", list(TURNS)),
    ],
)
def test_they_are_found_by_why(
    why: str, found: list[str], talk: Conversation, boss: Client
) -> None:
    page = boss.get(LIST, {"why": why} if why else {}).content.decode()
    assert [text for text in TURNS if text in page] == found


def test_what_is_remarkable_is_said_there_and_in_the_transcript(
    talk: Conversation, boss: Client
) -> None:
    for page in (LIST, f"/admin/bots/conversation/{talk.pk}/change/"):
        shown = boss.get(page).content.decode()
        for words in ("watched: lawyer", "ours: chitchat", "urgent, insulting"):
            assert words in shown


def test_the_list_does_not_read_the_records(talk: Conversation, boss: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        boss.get(LIST)
    read = [one["sql"] for one in queries if '"bots_turntrace"."at"' in one["sql"]]
    assert read
    assert not any("record" in sql for sql in read)


def test_one_leads_to_its_correction(talk: Conversation, boss: Client) -> None:
    page = boss.get(LIST, {"why": "unsure"}).content.decode()
    assert "/admin/bots/correction/add/?text=who+can+tell&amp;language=en" in page
