"""What decides on what can be done with an order, each read once."""

from datetime import datetime
from functools import cached_property

from orders import pieces, policy
from orders.models import Case, Order
from orders.policy import Book, Terms


class Standing:
    """How an order stands at a moment; lives for one look, and never over a write."""

    def __init__(self, order: Order, now: datetime, book: Book | None = None) -> None:
        self.order = order
        self.now = now
        self.book = book or policy.book()

    @cached_property
    def terms(self) -> Terms:
        """Those of today."""
        return self.book.at(self.now)

    @cached_property
    def first_terms(self) -> Terms:
        """Those of the day that the order was placed."""
        return self.book.at(self.order.placed_at)

    @cached_property
    def cases(self) -> list[Case]:
        """Its cases, but for what was rejected."""
        rejected = Case.Status.REJECTED
        return [case for case in self.order.cases.all() if case.status != rejected]

    @cached_property
    def is_taken(self) -> bool:
        """Whether no piece is left that is in no case."""
        return not pieces.free(self.order)
