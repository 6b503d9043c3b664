"""What staff correct is learnt, shown beside the old, chosen, and taken back."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from bots.dialogue.understand import store, versions
from bots.dialogue.understand.normalise import read
from bots.learning import training
from bots.messages import Sender
from bots.models import Correction, TrainedModel
from tests.bots.admin import rows
from tests.factories import conversation

pytestmark = pytest.mark.django_db

# What this shop's people call an invoice, of all things.
SLANG = (
    "the pink slip for my last purchase please",
    "need the pink slip",
    "can you mail me a pink slip",
    "where do i get my pink slip",
    "pink slip for the accountant",
    "no pink slip in the box, send it",
)


def correct(*texts: str, intent: str = "invoice_request", language: str = "en") -> None:
    for text in texts:
        Correction.objects.create(text=text, intent=intent, language=language)


def trained() -> TrainedModel:
    one = training.begin(timezone.now())
    training.carry_out(one, training.learn_linear)
    one.refresh_from_db()
    return one


def label(text: str) -> str:
    return store.load().read(read(text).folded).label


def test_a_version_knows_what_was_corrected_once_it_is_in_use(models: Path) -> None:
    correct(*SLANG)
    asked = "please send the pink slip again"
    before = label(asked)
    one = trained()

    assert (one.status, one.corrections) == ("ready", len(SLANG))
    assert label(asked) == before != "invoice_request"
    versions.use(one.name)
    assert label(asked) == "invoice_request"
    assert label("where is my order") == "order_status"
    assert label("我的订单到哪了") == "order_status"
    assert versions.back() == ""
    assert label(asked) == before


def test_the_report_tells_what_each_read_without_having_learnt_it(models: Path) -> None:
    correct(*SLANG)
    talk = conversation()
    for text in ("send the pink slip", "where is my order", "我的订单到哪了"):
        rows.said(talk, Sender.SHOPPER, text)
    report = trained().report

    assert report["zh"]["corrections"] == 0
    row = report["en"]
    assert row["corrections"] == len(SLANG)
    assert row["new_right"] > row["old_right"]
    assert row["messages"] == 2
    assert [one["new"] for one in row["differences"]] == ["invoice_request"]


def test_what_the_one_in_use_has_learnt_is_no_comparison(models: Path) -> None:
    correct(*SLANG[:4])
    versions.use(trained().name)
    correct(*SLANG[4:])

    assert trained().report["en"]["corrections"] == 2


def test_there_is_one_training_at_a_time(models: Path) -> None:
    correct(SLANG[0])
    training.begin(timezone.now())
    with pytest.raises(training.BusyError):
        training.begin(timezone.now())


def test_one_that_was_stopped_from_outside_does_not_block_for_ever(
    models: Path,
) -> None:
    correct(SLANG[0])
    dead = training.begin(timezone.now() - timedelta(hours=1))
    training.begin(timezone.now())
    dead.refresh_from_db()

    assert dead.status == "failed"
    assert dead.error


def test_without_a_correction_there_is_nothing_to_train(models: Path) -> None:
    with pytest.raises(training.NothingLearntError):
        training.begin(timezone.now())


def test_what_goes_wrong_is_told_and_leaves_nothing(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    correct(SLANG[0])
    monkeypatch.setattr(store, "_write", full)
    one = trained()

    assert one.status == "failed"
    assert "no space left" in one.error
    assert not versions.folder(one.name).exists()
    with pytest.raises(ValueError, match=one.name):
        versions.use(one.name)


def test_old_versions_are_cleared_away_but_not_the_one_in_use(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "KEPT", 1)
    correct(SLANG[0])
    first = trained()
    versions.use(first.name)
    second, third = trained(), trained()

    there = [versions.folder(one.name).is_dir() for one in (first, second, third)]
    assert there == [True, False, True]
