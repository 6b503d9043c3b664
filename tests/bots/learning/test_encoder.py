"""A fine-tuned encoder is a version like any other: compared, used, left again."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from bots.dialogue.turn import Utterance
from bots.dialogue.understand import store, understand, versions
from bots.finetuning import Labelled
from bots.models import Correction, TrainedModel
from tests.bots.finetuning import tiny

pytestmark = pytest.mark.django_db


def run(**options: object) -> str:
    out = StringIO()
    call_command("train_understanding", stdout=out, **options)
    return out.getvalue()


def line(row: Labelled) -> tuple[str, str]:
    (span,) = row.spans
    thing = row.text[span.start : span.end]
    return row.intent, row.text.replace(thing, f"[{thing}]({span.slot})")


@pytest.fixture
def encoder(tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny one, and text that it can learn by heart."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    tiny.make("bert", folder)
    lines = [line(row) for row in tiny.ROWS]
    monkeypatch.setattr(store, "lines", lambda _: lines)
    return folder


def test_it_is_trained_used_and_left(encoder: Path) -> None:
    with tiny.one_thread():
        said = run(encoder=str(encoder), epochs=2, batch=8)
    one = TrainedModel.objects.get()

    assert "held out" in said
    assert (one.status, one.encoder) == ("ready", str(encoder))
    versions.use(one.name)
    for text in ("where is my kettle now", "我的帐篷到哪了"):
        meant = understand(Utterance(text=text, at=timezone.now()))
        assert meant.first.name in {*store.load().classifiers["en"].labels, "chitchat"}
    versions.back()
    assert type(store.load().classifiers["en"]).__name__ == "Classifier"


def test_for_one_language_the_other_stays_linear(encoder: Path) -> None:
    Correction.objects.create(text="bring it home", language="en", intent="order_place")
    with tiny.one_thread():
        run(encoder=str(encoder), language="zh", epochs=1, batch=16)
    read_by = store.open_version(TrainedModel.objects.get().name).classifiers

    assert type(read_by["zh"]).__name__ == "Network"
    assert type(read_by["en"]).__name__ == "Classifier"
    assert read_by["en"].read("bring it home").label == "order_place"


def test_a_broken_network_is_passed_over(encoder: Path) -> None:
    with tiny.one_thread():
        run(encoder=str(encoder), epochs=1, batch=16)
    name = TrainedModel.objects.get().name
    (store.network_path(name) / "labels.json").write_text("{")

    assert type(store.open_version(name).classifiers["en"]).__name__ == "Classifier"


def test_what_cannot_be_loaded_is_told(models: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(CommandError, match="nothing"):
        run(encoder=str(tmp_path / "nothing"))
    assert TrainedModel.objects.get().status == "failed"


def test_only_what_was_begun_is_gone_on_with(models: Path) -> None:
    with pytest.raises(CommandError):
        run(resume=True)
    with pytest.raises(CommandError):
        run(encoder="some-encoder", resume=True)
