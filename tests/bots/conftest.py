"""A knowledge index that looks at the database at every question."""

import pytest

from kb.indexing import live


@pytest.fixture(autouse=True)
def eager_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.indexing.CHECK_EVERY", 0.0)
    live.forget()
