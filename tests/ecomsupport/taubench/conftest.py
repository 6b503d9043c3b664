"""The shop that tau-bench's cases are about, and its case files."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from ecomsupport import taubench

DATA = Path(__file__).parents[4] / "shared" / "data" / "tau_retail"
Cases = Callable[[str], list[dict[str, Any]]]
AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def data() -> Path:
    if not DATA.is_dir():
        pytest.skip("the retail data are not beside the project")
    return DATA


@pytest.fixture(scope="module")
def bench(
    data: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[taubench.Bench]:
    with django_db_blocker.unblock(), taubench.shop(data, at=AT) as bench:
        yield bench


@pytest.fixture(scope="session")
def cases(data: Path) -> Cases:
    def lines(name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (data / name).read_text().splitlines()]

    return lines
