"""The console: a correction from a transcript, a training by a button, a choice."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bots import tasks
from bots.dialogue.understand import versions
from bots.groups import AGENT, MANAGER
from bots.messages import Sender
from bots.models import Correction, TrainedModel, TurnTrace
from tests.bots.admin import rows
from tests.factories import conversation

LIST = "/admin/bots/trainedmodel/"


@pytest.fixture
def manager(db: None) -> Client:
    client = Client()
    client.force_login(rows.staff(MANAGER))
    return client


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was handed to the workers."""
    handed: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks, "enqueue", lambda _, given: handed.append(given))
    return handed


def correction() -> Correction:
    return Correction.objects.create(
        text="send me the pink slip", language="en", intent="invoice_request"
    )


def version() -> TrainedModel:
    one = TrainedModel.objects.create(
        name="understanding-1",
        status="ready",
        started_at=timezone.now(),
        report={
            "en": {
                "corrections": 9,
                "old_right": 2,
                "new_right": 7,
                "messages": 40,
                "differing": 1,
                "differences": [
                    {"text": "<b>pink</b>", "old": "chitchat", "new": "invoice_request"}
                ],
            }
        },
    )
    versions.folder(one.name).mkdir(parents=True)
    return one


def test_a_turn_in_a_transcript_leads_to_its_correction(manager: Client) -> None:
    talk = conversation()
    message = rows.said(talk, Sender.SHOPPER, "pink slip & co?")
    TurnTrace.objects.create(
        conversation=talk,
        at=timezone.now(),
        first_seq=message.place,
        last_seq=message.place,
        understanding={"language": "en", "intents": []},
        milliseconds=5,
    )
    page = manager.get(f"/admin/bots/conversation/{talk.pk}/change/").content.decode()
    link = page.split('class="turn-correct" href="')[1].split('"')[0]
    form = manager.get(link.replace("&amp;", "&")).content.decode()

    assert "pink slip &amp; co?" in form
    assert "invoice_request" in form


def test_a_correction_is_kept_with_its_author(manager: Client) -> None:
    given = {"text": "pink slip?", "language": "en", "intent": "invoice_request"}
    manager.post("/admin/bots/correction/add/", given)
    kept = Correction.objects.get()

    assert (kept.text, kept.intent) == ("pink slip?", "invoice_request")
    assert kept.created_by


def test_an_unknown_intent_is_refused(manager: Client) -> None:
    given = {"text": "pink slip?", "language": "en", "intent": "no_such"}
    manager.post("/admin/bots/correction/add/", given)
    assert not Correction.objects.exists()


def test_the_button_begins_one_training(
    manager: Client, models: Path, begun: list[dict[str, Any]]
) -> None:
    correction()
    assert "train/" in manager.get(LIST).content.decode()
    manager.post(f"{LIST}train/")
    manager.post(f"{LIST}train/")

    assert begun == [{"trained_id": TrainedModel.objects.get().pk}]


def test_old_and_new_are_shown_and_one_is_chosen_and_left(
    manager: Client, models: Path
) -> None:
    one = version()
    page = manager.get(f"{LIST}{one.pk}/change/").content.decode()
    assert "not learnt from (9)" in page
    assert "&lt;b&gt;pink" in page
    manager.post(f"{LIST}{one.pk}/use/")
    assert versions.in_use() == one.name
    assert one.name in manager.get(LIST).content.decode()
    manager.post(f"{LIST}back/")
    assert versions.in_use() == ""


def test_a_version_without_files_cannot_be_chosen(
    manager: Client, models: Path
) -> None:
    one = version()
    versions.folder(one.name).rmdir()
    manager.post(f"{LIST}{one.pk}/use/")
    assert versions.in_use() == ""


@pytest.mark.parametrize("address", ["train/", "back/", "1/use/"])
def test_an_agent_may_not(address: str, models: Path, db: None) -> None:
    client = Client()
    client.force_login(rows.staff(AGENT))
    assert client.post(LIST + address).status_code == 403


@pytest.mark.parametrize("address", ["train/", "back/", "1/use/"])
def test_looking_changes_nothing(manager: Client, address: str, models: Path) -> None:
    assert manager.get(LIST + address).status_code == 405
