"""What a network is unsure of, it says it is unsure of."""

import numpy as np
import pytest

from bots.finetuning.calibrating import calibrate

LABELS = ("greet", "order_status", "out_of_scope")


def scored(count: int, loud: float, wrong: float) -> tuple[list[np.ndarray], list[str]]:
    """Scores that put the right label first, but for a share of `wrong`."""
    chance = np.random.default_rng(0)
    owners = chance.integers(0, len(LABELS), count)
    said = np.where(
        chance.random(count) < wrong, chance.integers(0, len(LABELS), count), owners
    )
    scores = chance.normal(0, 0.5, (count, len(LABELS)))
    scores[np.arange(count), said] += loud
    return list(scores.astype(np.float32)), [LABELS[at] for at in owners]


@pytest.mark.parametrize("loud", [4.0, 12.0])
@pytest.mark.parametrize("wrong", [0.1, 0.4])
def test_it_is_as_sure_as_it_is_right(loud: float, wrong: float) -> None:
    scores, owners = scored(600, loud, wrong)
    trust = calibrate(scores, owners, LABELS)
    readings = [trust.judge(one, LABELS) for one in scores]
    right = np.mean([a.label == b for a, b in zip(readings, owners, strict=True)])

    assert np.mean([one.confidence for one in readings]) == pytest.approx(
        right, abs=0.05
    )


def test_what_is_out_of_scope_is_below_the_edge() -> None:
    scores, owners = scored(300, 8.0, 0.0)
    trust = calibrate(scores, owners, LABELS)
    readings = [trust.judge(one, LABELS) for one in scores]

    assert [one.label for one in readings] == owners
    assert all((one.scope < 0) == (one.label == LABELS[2]) for one in readings)


def test_without_a_label_outside_none_is_refused() -> None:
    scores, owners = scored(300, 8.0, 0.0)
    known = LABELS[:2]
    kept = [
        (one[:2], own) for one, own in zip(scores, owners, strict=True) if own in known
    ]
    trust = calibrate([one for one, _ in kept], [own for _, own in kept], known)
    readings = [trust.judge(one, known) for one, _ in kept]

    assert [one.label for one in readings] == [own for _, own in kept]
    assert 0 < sum(one.scope < 0 for one in readings) <= 0.06 * len(kept)


def test_one_text_is_enough() -> None:
    trust = calibrate([np.array([3, 0, 0], np.float32)], ["greet"], LABELS)

    assert trust.judge(np.array([3, 0, 0], np.float32), LABELS).label == "greet"
