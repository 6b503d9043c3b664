"""A model of transformers pools as its card says."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModel, AutoTokenizer

from kb.encoders.plugged import POOLING, PluggedEncoder

TEXTS = ["订单怎么弄", "请问发票在哪里看", "退款"]


def states(folder: Path, text: str) -> torch.Tensor:
    batch = AutoTokenizer.from_pretrained(folder)(text, return_tensors="pt")
    with torch.no_grad():
        found: torch.Tensor = AutoModel.from_pretrained(folder)(**batch)[0][0]
    return found


@pytest.mark.parametrize(
    ("card", "pool"),
    [
        (None, lambda rows: rows.mean(0)),
        ({"pooling_mode_mean_tokens": True}, lambda rows: rows.mean(0)),
        ({"pooling_mode_cls_token": True}, lambda rows: rows[0]),
        ({"pooling_mode": "max"}, lambda rows: rows.amax(0)),
    ],
)
def test_it_pools_as_its_card_says(
    card: dict[str, object] | None, pool: object, plugged: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(plugged, tmp_path / "model")
    if card:
        (folder / POOLING).parent.mkdir()
        (folder / POOLING).write_text(json.dumps(card))
    wanted = [pool(states(folder, text)) for text in TEXTS]  # type: ignore[operator]
    wanted = [row / row.norm() for row in wanted]

    found = PluggedEncoder(str(folder)).encode(TEXTS)
    assert np.allclose(found, np.stack(wanted), atol=1e-5)


@pytest.mark.parametrize("text", ["", "\ud800", "长" * 9_000])
def test_odd_texts_have_vectors(text: str, plugged: Path) -> None:
    assert np.isfinite(PluggedEncoder(str(plugged)).encode([text])).all()


def test_a_changed_folder_has_another_name(plugged: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(plugged, tmp_path / "model")
    before = PluggedEncoder(str(folder)).name
    (folder / "more.txt").write_text("new")

    assert PluggedEncoder(str(folder)).name != before
