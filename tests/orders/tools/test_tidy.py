"""An order number loses what people and models add to it."""

import pytest

from orders import tools
from orders.models import Customer
from tests import factories


@pytest.mark.parametrize(
    "said", ["so 100777", "#SO100777", "ＳＯ１００７７７", "SO-100777", " SO100777 "]
)
def test_a_number_is_folded(anna: Customer, said: str) -> None:
    factories.order(anna, number="SO100777")
    assert tools.tidy({"number": said}, customer=anna) == {"number": "SO100777"}


def test_only_to_a_number_of_their_own(anna: Customer, eve: Customer) -> None:
    factories.order(anna, number="SO100777")
    said = {"number": "so 100777"}
    assert tools.tidy(said, customer=eve) == said
    assert tools.tidy(said, customer=None) == said


def test_what_is_no_number_stays(anna: Customer) -> None:
    for given in ({}, {"number": 7}, {"number": None, "x": 1}, {"number": "1" * 10**6}):
        assert tools.tidy(given, customer=anna) == given
