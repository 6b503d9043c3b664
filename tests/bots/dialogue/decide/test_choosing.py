"""What was offered last can be picked by value, label, number or place."""

import pytest

from bots.dialogue.decide.choosing import pick
from bots.dialogue.state import Choice

ORDERS = [
    Choice(label="SO1 · pending · Kettle", value="SO1"),
    Choice(label="SO2 · packed · Lamp", value="SO2"),
    Choice(label="SO3 · shipped · Shoe", value="SO3"),
    Choice(label="All items", value="everything"),
    Choice(label="Never mind", value="cancel"),
]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("SO2", "SO2"),
        ("so2", "SO2"),
        ("ＳＯ２", "SO2"),
        ("#SO2.", "SO2"),
        ("SO2 · packed · Lamp", "SO2"),
        ("never mind", "cancel"),
        ("All items!", "everything"),
        ("1", "SO1"),
        ("2.", "SO2"),
        ("（3）", "SO3"),
        ("3)", "SO3"),
        ("no. 2", "SO2"),
        ("number 3", "SO3"),
        ("option 1", "SO1"),
        ("the second one", "SO2"),
        ("second", "SO2"),
        ("the 3rd order please", "SO3"),
        ("I want the first one", "SO1"),
        ("the last one", "SO3"),
        ("第一个", "SO1"),
        ("第二个吧", "SO2"),
        ("我要第3个", "SO3"),
        ("第二", "SO2"),
        ("选2", "SO2"),
        ("最后一个", "SO3"),
    ],
)
def test_a_choice_is_picked(said: str, value: str | None) -> None:
    choice = pick(said, ORDERS)
    assert (choice.value if choice else None) == value


@pytest.mark.parametrize(
    "said",
    [
        "4",
        "the fifth one",
        "第九个",
        "0",
        "12",
        "two kettles please",
        "my second order was late",
        "",
    ],
)
def test_what_is_no_choice_picks_nothing(said: str) -> None:
    assert pick(said, ORDERS) is None


def test_where_nothing_was_offered_nothing_is_picked() -> None:
    assert pick("1", []) is None


def test_buttons_beside_a_list_are_not_counted() -> None:
    aside = [Choice(label="Talk to a person", value="human")]
    assert pick("the last one", aside) is None
    assert pick("1", aside) is None
