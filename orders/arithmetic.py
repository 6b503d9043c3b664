"""Works out a sum exactly, without running it as a program.

sum     = product (("+" | "-") product)*
product = signed (("*" | "/") signed)*
signed  = ("+" | "-")* (number | "(" sum ")")
"""

import re
from fractions import Fraction

# Longer or deeper ones are no sums of a shop; nobody shall wait for them.
_LONGEST = 2_000
_DEEPEST = 50
_ALLOWED = re.compile(r"[0-9+\-*/(). ]*")
_TOKEN = re.compile(r" *([0-9]+(?:\.[0-9]*)?|\.[0-9]+|[-+*/()])")


class BadExpressionError(ValueError):
    """It is not arithmetic, or cannot be computed."""


def calculate(expression: str) -> Fraction:
    """The exact value; raises BadExpressionError."""
    if len(expression) > _LONGEST or not _ALLOWED.fullmatch(expression):
        raise BadExpressionError
    tokens = _tokens(expression.rstrip(" "))
    value = _sum(tokens, depth=0)
    if tokens:
        raise BadExpressionError
    return value


def _tokens(expression: str) -> list[str]:
    """The tokens, last first."""
    found, start = [], 0
    while start < len(expression):
        match = _TOKEN.match(expression, start)
        if match is None:
            raise BadExpressionError
        found.append(match[1])
        start = match.end()
    return found[::-1]


def _sum(tokens: list[str], depth: int) -> Fraction:
    value = _product(tokens, depth)
    while tokens and tokens[-1] in "+-":
        sign = 1 if tokens.pop() == "+" else -1
        value += sign * _product(tokens, depth)
    return value


def _product(tokens: list[str], depth: int) -> Fraction:
    value = _signed(tokens, depth)
    while tokens and tokens[-1] in "*/":
        if tokens.pop() == "*":
            value *= _signed(tokens, depth)
            continue
        divisor = _signed(tokens, depth)
        if not divisor:
            raise BadExpressionError
        value /= divisor
    return value


def _signed(tokens: list[str], depth: int) -> Fraction:
    sign = 1
    while tokens and tokens[-1] in "+-":
        sign *= 1 if tokens.pop() == "+" else -1
    if not tokens or depth > _DEEPEST:
        raise BadExpressionError
    found = tokens.pop()
    if found == "(":
        value = _sum(tokens, depth + 1)
        if not tokens or tokens.pop() != ")":
            raise BadExpressionError
        return sign * value
    if found in "*/)":
        raise BadExpressionError
    return sign * Fraction(found)
