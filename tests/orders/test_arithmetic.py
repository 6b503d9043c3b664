"""Sums are exact, and nothing but a sum is worked out."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.arithmetic import BadExpressionError, calculate


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("2 + 3 * 4", Fraction(14)),
        ("(2 + 3) * 4", Fraction(20)),
        ("8 / 4 / 2", Fraction(1)),
        ("8 - 4 - 2", Fraction(2)),
        ("- -3", Fraction(3)),
        ("2 * -3", Fraction(-6)),
        (".5 + 5.", Fraction(11, 2)),
        ("1 / 3 * 3", Fraction(1)),
    ],
)
def test_it_reads_as_people_do(expression: str, value: Fraction) -> None:
    assert calculate(expression) == value


@given(st.text("0123456789+-*/(). ", max_size=30))
def test_it_agrees_with_python(expression: str) -> None:
    try:
        value = calculate(expression)
    except BadExpressionError:
        return
    assert "//" not in expression
    assert "**" not in expression
    floats = eval(unzeroed(expression), {})  # noqa: S307 - digits and signs only
    assert float(value) == pytest.approx(float(floats))


@given(st.text())
def test_other_text_is_no_sum(text: str) -> None:
    with pytest.raises(BadExpressionError):
        calculate(f"1 + {text}x")


@pytest.mark.parametrize(
    "expression", ["1 2", "()", "(1", "1)", "1 +", "*1", "1/0", "1/(2-2)", "(" * 999]
)
def test_what_is_no_sum_is_refused(expression: str) -> None:
    with pytest.raises(BadExpressionError):
        calculate(expression)


def unzeroed(expression: str) -> str:
    """Without the leading zeros that Python does not read."""
    return re.sub(r"(?<![\d.])0+(?=\d)", "", expression)
