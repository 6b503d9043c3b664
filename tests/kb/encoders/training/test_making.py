"""An encoder learns what means the same, or nothing is changed."""

from pathlib import Path

import numpy as np
import pytest

from kb.encoders.folder import read_card
from kb.encoders.onnx import open_encoder
from kb.encoders.training.making import TooFewError, make_encoder
from kb.encoders.training.plan import Plan
from tests.kb.encoders.conftest import GROUPS


def test_texts_of_one_meaning_come_near(trained: Path) -> None:
    encoder = open_encoder(trained)
    assert encoder
    vectors = encoder.encode([text for group in GROUPS for text in group])
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1)
    group = np.repeat(np.arange(len(GROUPS)), len(GROUPS[0]))

    assert (group[likeness.argmax(1)] == group).mean() > 0.9


def test_its_card_says_what_it_is(trained: Path) -> None:
    card = read_card(trained)

    assert card
    assert card.languages == ["zh"]
    assert card.name.startswith("zh-")


def test_it_ends_in_time(tmp_path: Path) -> None:
    steps: list[float] = []
    plan = Plan(epochs=1_000_000, minutes=0.02)
    make_encoder(
        GROUPS, tmp_path / "it", "zh", plan, lambda share, _: steps.append(share)
    )

    assert steps == sorted(steps)
    assert steps[-1] < 1


def test_too_little_leaves_the_old_one(trained: Path) -> None:
    before = read_card(trained)

    with pytest.raises(TooFewError, match="15"):
        make_encoder(GROUPS[:1], trained, "zh", Plan())
    assert read_card(trained) == before
