"""What a write answers when it may not be done."""

from collections.abc import Mapping
from enum import StrEnum


class Code(StrEnum):
    ORDER_NOT_FOUND = "order_not_found"
    NOT_PENDING = "order_not_pending"
    NOT_DELIVERED = "order_not_delivered"
    ALREADY_CANCELLED = "order_already_cancelled"
    WINDOW_PASSED = "window_passed"
    LINE_NOT_IN_ORDER = "line_not_in_order"
    CASE_OPEN = "case_already_open"
    NOT_CONFIRMED = "not_confirmed"


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A rule forbids the write; nothing was changed.

    `facts` are what a sentence about it needs: dates as ISO text, statuses, days.
    """

    def __init__(self, code: Code, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, str | int] = facts
