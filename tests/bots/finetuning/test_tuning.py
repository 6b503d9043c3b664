"""An encoder of any kind learns what it is told, or nothing is changed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bots.dialogue.understand.network import open_network
from bots.finetuning import FinetuningError, Plan, finetune
from tests.bots.finetuning.conftest import Tuned
from tests.bots.finetuning.tiny import KINDS, PLAN, ROWS, TEXTS

Encoder = Callable[[str], Path]
SHORT = replace(PLAN, epochs=3)


class StoppedError(Exception):
    """The process ends here."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("exact", [True, False])
def test_it_is_learnt_by_heart(tuned: Tuned, kind: str, *, exact: bool) -> None:
    folder, figures = tuned(kind)
    network = open_network(folder, exact=exact)

    wanted = [row.intent for row in ROWS]
    assert [reading.label for reading in network.read_all(TEXTS)] == wanted
    assert (figures.right, figures.slots) == (1, 1)
    assert figures.learnt + figures.held == len(ROWS)


@pytest.mark.parametrize("kind", KINDS)
def test_slots_are_found(tuned: Tuned, kind: str) -> None:
    network = open_network(tuned(kind)[0])

    for row in ROWS:
        (span,) = row.spans
        found = network.slots(row.text.upper())
        assert found == {"product": row.text.upper()[span.start : span.end]}


def test_only_what_is_used_is_left(tuned: Tuned) -> None:
    folder, _ = tuned("bert")
    names = ["calibration", "figures", "labels", "tokenizer"]

    assert {file.name for file in folder.iterdir()} == {
        *(f"{name}.json" for name in names),
        "model.onnx",
        "model.int8.onnx",
    }
    assert list(folder.parent.iterdir()) == [folder]


def test_the_loss_falls(encoder: Encoder, tmp_path: Path) -> None:
    told: list[tuple[float, float]] = []
    figures = finetune(
        str(encoder("bert")), ROWS, tmp_path / "it", SHORT, lambda *at: told.append(at)
    )
    shares, losses = zip(*told, strict=True)

    assert losses[-1] < losses[0] / 2
    assert figures.loss == losses[-1]
    assert shares == tuple(sorted(shares))
    assert shares[-1] == 1


def test_it_goes_on_where_it_was_stopped(encoder: Encoder, tmp_path: Path) -> None:
    source, whole, parts = str(encoder("bert")), tmp_path / "whole", tmp_path / "parts"
    finetune(source, ROWS, whole, SHORT)

    def stop(share: float, loss: float) -> None:
        if share > 0.5:
            raise StoppedError

    with pytest.raises(StoppedError):
        finetune(source, ROWS, parts, SHORT, stop)
    shares: list[float] = []
    plan = replace(SHORT, resume=True)
    finetune(source, ROWS, parts, plan, lambda share, _: shares.append(share))

    assert shares[0] > 1 / 3
    one, other = (
        open_network(it, exact=True).read_all(TEXTS[:5]) for it in (whole, parts)
    )
    for before, after in zip(one, other, strict=True):
        assert after.probabilities == pytest.approx(before.probabilities, abs=1e-3)


def test_only_its_own_checkpoint_is_gone_on_from(
    encoder: Encoder, tmp_path: Path
) -> None:
    source, target, plan = (
        str(encoder("bert")),
        tmp_path / "it",
        replace(SHORT, resume=True),
    )

    def stop(share: float, loss: float) -> None:
        if share > 0.5:
            raise StoppedError

    with pytest.raises(FinetuningError, match="no checkpoint"):
        finetune(source, ROWS, target, plan)
    with pytest.raises(StoppedError):
        finetune(source, ROWS, target, SHORT, stop)
    with pytest.raises(FinetuningError, match="no checkpoint"):
        finetune(source, ROWS[:-8], target, plan)


def test_it_ends_in_time(encoder: Encoder, tmp_path: Path) -> None:
    shares: list[float] = []
    plan = Plan(epochs=100_000, minutes=0.0)
    finetune(
        str(encoder("bert")), ROWS, tmp_path / "it", plan, lambda s, _: shares.append(s)
    )

    assert all(share < 0.01 for share in shares)
    assert open_network(tmp_path / "it").read("buy lamp now").confidence <= 1


def test_what_cannot_be_tuned_leaves_the_old_one(
    encoder: Encoder, tmp_path: Path
) -> None:
    target, empty = tmp_path / "it", tmp_path / "empty"
    target.mkdir()
    (target / "old").touch()
    empty.mkdir()

    with pytest.raises(FinetuningError, match="empty cannot be loaded"):
        finetune(str(empty), ROWS, target, SHORT)
    with pytest.raises(FinetuningError, match="too little"):
        finetune(str(encoder("bert")), ROWS[:8], target, SHORT)
    assert [file.name for file in target.iterdir()] == ["old"]
