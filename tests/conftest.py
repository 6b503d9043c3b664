"""Fixtures every test may ask for, and what is skipped where a server is missing."""

import pytest

from tests import stack


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not any(item.get_closest_marker("services") for item in items):
        return
    reason = stack.services_missing()
    if reason:
        for item in items:
            if item.get_closest_marker("services"):
                item.add_marker(pytest.mark.skip(reason=reason))
