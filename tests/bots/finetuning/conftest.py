"""Each tiny encoder, and what it was tuned to, made once."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from bots.finetuning import Figures, finetune
from tests.bots.finetuning.tiny import PLAN, ROWS, make, one_thread

Tuned = Callable[[str], tuple[Path, Figures]]


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    with one_thread():
        yield


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    @cache
    def made(kind: str) -> Path:
        folder = tmp_path_factory.mktemp(kind)
        make(kind, folder)
        return folder

    return made


@pytest.fixture(scope="session")
def tuned(
    encoder: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Tuned:
    @cache
    def made(kind: str) -> tuple[Path, Figures]:
        target = tmp_path_factory.mktemp("tuned") / kind
        return target, finetune(str(encoder(kind)), ROWS, target, PLAN)

    return made
