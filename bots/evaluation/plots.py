"""The plots of a report, as PNG files."""

from pathlib import Path
from typing import Any

import numpy as np

from bots.evaluation.report import Report
from bots.evaluation.scores import coverage, reliability


def draw(found: Report, language: str, folder: Path) -> list[Path]:
    """Write the three plots into `folder`, and return their files."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {"reliability": _reliable, "coverage": _covered, "confusion": _confused}
    files = []
    for name, plot in drawn.items():
        file = folder / f"{name}-{language}.png"
        _save(plot(found), file, f"{name}, {language}")
        files.append(file)
    return files


def _axes(width: float, height: float) -> Any:
    # Late: it takes a second to load, and only this needs it.
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained").subplots()


def _save(axes: Any, file: Path, title: str) -> None:
    axes.set_title(title)
    # Nothing of the day or the machine: the same figures give the same file.
    axes.figure.savefig(file, dpi=90, metadata={"Software": None})


def _reliable(found: Report) -> Any:
    axes = _axes(5, 4)
    rows = reliability(found.sure, found.right)
    axes.plot([0, 1], [0, 1], color="0.7")
    axes.scatter(
        [sure for sure, _, _ in rows],
        [hits for _, hits, _ in rows],
        s=[20 + count for _, _, count in rows],
    )
    axes.set_xlabel("confidence")
    axes.set_ylabel("accuracy")
    return axes


def _covered(found: Report) -> Any:
    axes = _axes(5, 4)
    rows = coverage(found.sure, found.right)
    axes.plot([share for share, _, _ in rows], [risk for _, risk, _ in rows])
    axes.set_xlabel("answered")
    axes.set_ylabel("wrong among these")
    return axes


def _confused(found: Report) -> Any:
    axes = _axes(9, 9)
    labels = sorted({*found.wanted, *found.found})
    counts = np.zeros((len(labels), len(labels)))
    for wanted, best in zip(found.wanted, found.found, strict=True):
        counts[labels.index(wanted), labels.index(best)] += 1
    axes.imshow(counts / np.maximum(1, counts.sum(1, keepdims=True)), cmap="Blues")
    axes.set_xticks(range(len(labels)), labels, rotation=90, fontsize=7)
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    for at, row in zip(*np.nonzero(counts), strict=True):
        axes.text(row, at, int(counts[at, row]), ha="center", va="center", fontsize=6)
    axes.set_xlabel("found")
    axes.set_ylabel("wanted")
    return axes
