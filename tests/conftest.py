"""Fixtures every test may ask for, and what is skipped where a server is missing."""

import math

import pytest

from bots.dialogue.understand import versions
from orders.catalogue.vocabulary import kept_vocabulary
from tests import stack


@pytest.fixture(autouse=True)
def _shipped_understanding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever version somebody put into use while trying things out here."""
    monkeypatch.setattr(versions, "_seen", [(math.inf, "")])


@pytest.fixture(autouse=True)
def _words_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """A product of this test is known at once, one of the last test no more."""
    monkeypatch.setattr(kept_vocabulary, "fresh_for", 0.0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not any(item.get_closest_marker("services") for item in items):
        return
    reason = stack.services_missing()
    if reason:
        for item in items:
            if item.get_closest_marker("services"):
                item.add_marker(pytest.mark.skip(reason=reason))
