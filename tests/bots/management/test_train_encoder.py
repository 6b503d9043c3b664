"""A shop's own words become an encoder."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from bots.management.commands.train_encoder import _asked, _groups
from bots.messages import Sender
from bots.models import Conversation, Feedback, Message
from kb.encoders import choosing, encoder_for
from kb.models import Entry
from tests import factories
from tests.kb.encoders.conftest import GROUPS
from tests.kb.made import faq

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def models(settings: Settings, tmp_path: Path) -> Path:
    settings.MODELS_DIR = tmp_path / "models"
    settings.EMBEDDING_MODEL = ""
    return tmp_path / "models"


@pytest.fixture
def entry() -> Entry:
    return faq("运费多少", "满99包邮", variants=("邮费", "包邮吗"), language="zh")


def talk(*lines: tuple[str, str]) -> Conversation:
    held = factories.conversation()
    for seq, (sender, text) in enumerate(lines, 1):
        Message.objects.create(
            conversation=held, seq=seq, sender=sender, text=text,
            created_at=timezone.now(),
        )  # fmt: skip
    return held


def test_an_entry_is_a_group_of_its_wordings(entry: Entry) -> None:
    faq("How much is it?", "It is free.", variants=("price",))

    assert _groups([], "zh") == [["运费多少", "邮费", "包邮吗"]]


def test_a_draft_teaches_nothing(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).become(Entry.Status.DRAFT)

    assert _groups([], "zh") == []


def test_a_question_that_was_answered_belongs_to_it(entry: Entry) -> None:
    talk((Sender.SHOPPER, "寄过来要钱不"), (Sender.BOT, "满99包邮"))
    talk((Sender.SHOPPER, "在吗"), (Sender.BOT, "您好"), (Sender.AGENT, "再见"))

    assert _asked("zh") == {entry.pk: ["寄过来要钱不"]}
    assert _groups([], "zh")[0][-1] == "寄过来要钱不"


def test_an_answer_in_another_talk_is_not_taken(entry: Entry) -> None:
    talk((Sender.SHOPPER, "在吗"))
    talk((Sender.BOT, "满99包邮"))

    assert _asked("zh") == {}


def test_a_badly_rated_talk_teaches_nothing(entry: Entry) -> None:
    held = talk((Sender.SHOPPER, "寄过来要钱不"), (Sender.BOT, "满99包邮"))
    Feedback.objects.create(conversation=held, rating=1, at=timezone.now())

    assert _asked("zh") == {}


def test_a_file_of_groups_is_learnt_from(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(json.dumps({"texts": g}) for g in GROUPS), "utf-8")
    out = io.StringIO()
    call_command("train_encoder", str(path), "--epochs", "1", stdout=out)

    assert "240" in out.getvalue()
    assert encoder_for("zh")
    choosing._found.cache_clear()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "0 pairs"),
        (("gone.jsonl",), "gone.jsonl"),
        (("--language", "en"), "en"),
        (("--language", "../x"), "x"),
    ],
)
def test_a_refusal_makes_nothing(
    arguments: tuple[str, ...], reason: str, models: Path
) -> None:
    with pytest.raises(CommandError, match=reason):
        call_command("train_encoder", *arguments)
    assert not models.exists()
