"""Runs the tries, in this process or in several."""

import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from django.db import connection

from bots.simulation import process, trial
from bots.simulation.goal import Goal
from bots.simulation.trial import Trial


def every(
    goals: Sequence[Goal], passes: int, *, seed: int, jobs: int
) -> Iterator[Trial]:
    """Each goal so many times; in no order where there are several jobs."""
    tries = [(goal, number) for goal in goals for number in range(passes)]
    if jobs == 1:
        for goal, number in tries:
            yield trial.run(goal, number, seed=seed)
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(
            jobs,
            mp_context=get_context("spawn"),
            initializer=process.begin,
            initargs=(_copied(Path(folder)),),
        ) as pool,
    ):
        yield from pool.map(partial(_run, seed=seed), tries, chunksize=8)


def _run(one: tuple[Goal, int], *, seed: int) -> Trial:
    goal, number = one
    return trial.run(goal, number, seed=seed)


def _copied(folder: Path) -> str:
    """SQLite lets one write at a time, so that each job needs a copy of the file."""
    if connection.vendor != "sqlite":
        return ""
    copy = folder / "shop.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    return str(copy)
