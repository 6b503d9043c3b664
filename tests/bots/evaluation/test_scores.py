"""The measures, on cases that can be counted by hand."""

import numpy as np
import pytest

from bots.evaluation.scores import auroc, caught, coverage, ece, f1, per_label


def test_f1_counts_both_errors() -> None:
    assert f1(2, 1, 1) == pytest.approx(2 / 3)
    assert f1(0, 0, 0) == 0


def test_each_wanted_label_has_its_f1() -> None:
    assert per_label(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx(
        {"a": 2 / 3, "b": 2 / 3}
    )


def test_calibration_error_is_the_gap() -> None:
    sure = np.array([0.95, 0.95, 0.55, 0.55])
    right = np.array([True, True, True, False])

    assert ece(sure, right) == pytest.approx(0.05)


def test_the_surest_are_answered_first() -> None:
    curve = coverage(np.array([0.2, 0.9]), np.array([False, True]))

    assert curve == [(0.5, 0.0, 0.9), (1.0, 0.5, 0.2)]


def test_ties_count_half() -> None:
    inside = np.array([True, False])

    assert auroc(np.array([2.0, 1.0]), inside) == 1
    assert auroc(np.array([1.0, 1.0]), inside) == 0.5


def test_what_is_out_of_scope_is_caught_below_the_edge() -> None:
    scores = np.array([1.0, 2.0, 3.0, 4.0, 0.0, 5.0])
    inside = np.array([True] * 4 + [False] * 2)

    assert caught(scores, inside, 0.05) == 0.5
