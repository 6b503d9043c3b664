"""Sums are worked out exactly, so that models need not."""

import pytest

from orders import tools
from orders.acting import By
from orders.refusal import Code, Refusal


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("1+1", "2"),
        ("0.1 + 0.2", "0.3"),
        ("3 * (19.99 - 5)", "44.97"),
        ("10 / 4", "2.5"),
        ("10 * 10", "100"),
        ("-5 + 5", "0"),
        ("1 / 3", "0.3333333333333333333333333333"),
    ],
)
def test_a_sum_is_exact(by_staff: By, expression: str, result: str) -> None:
    found = tools.call("calculate", {"expression": expression}, by=by_staff)
    assert found == {"result": result}


@pytest.mark.parametrize(
    "expression",
    ["", "1/0", "2**9", "1e9", "a", "__import__('os')", "1,000", "(" * 200, "٣", "1\n"],
)
def test_anything_else_is_refused(by_staff: By, expression: str) -> None:
    with pytest.raises(Refusal) as refused:
        tools.call("calculate", {"expression": expression}, by=by_staff)
    assert refused.value.code == Code.BAD_EXPRESSION
