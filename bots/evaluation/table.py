"""Rows of the printed tables."""

from collections.abc import Iterable

UNKNOWN = float("nan")


def head(*columns: str) -> str:
    return _line("system", columns)


def row(system: str, figures: Iterable[float]) -> str:
    """Return a line with the figures; a dash for each that nobody knows."""
    shown = ["–" if figure != figure else f"{figure:.3f}" for figure in figures]
    return _line(system, shown)


def _line(first: str, others: Iterable[str]) -> str:
    return f"{first:44}" + "".join(f"{one:>11}" for one in others)
