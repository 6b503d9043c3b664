"""Two pieces of JSON, path by path."""

from typing import Any

import pytest

from bots.dialogue.differences import differences, hiding

YES = {"label": "Yes", "value": "yes:SECRET"}


def told(before: Any, after: Any) -> list[tuple[str, Any, Any]]:
    return [(one.path, one.before, one.after) for one in differences(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": {"b": [1]}}, {"a": {"b": [2]}}, [("a.b[0]", 1, 2)]),
        ({}, {"a": "x"}, [("a", None, "x")]),
        ({"a": "x"}, {"b": "y"}, [("b", None, "y"), ("a", "x", None)]),
        # What is empty is as good as not there.
        ({"a": "", "b": []}, {"c": None}, []),
        ({"done": False}, {"done": True}, [("done", False, True)]),
        # A hair's breadth of confidence is none.
        ({"c": 0.9301}, {"c": 0.9312}, []),
        ({"c": 0.93}, {"c": 0.71}, [("c", 0.93, 0.71)]),
        ({}, {"choices": [YES]}, [("choices[0]", None, "Yes (yes:•••)")]),
    ],
)
def test_what_differs(before: Any, after: Any, found: list[Any]) -> None:
    assert told(before, after) == found


def test_what_is_a_persons_is_compared_and_masked() -> None:
    before, after = {"proof": {"tail": "1001"}}, {"proof": {"tail": "1002"}}
    assert told(before, after) == [("proof.tail", "•••", "•••")]
    address = {"fields": {"address": {"city": "Hangzhou"}}}
    assert told({}, address) == [("fields.address.city", None, "•••")]


def test_all_of_it_is_masked() -> None:
    state = {"tasks": [{"token": "SECRET"}], "choices": [YES]}
    assert "SECRET" not in str(hiding(state))
