"""The legal actions of an order or a case as buttons; each asks before it acts."""

from orders.admin.acts.page import Acts
from orders.admin.acts.register import CASE_ACTS, ORDER_ACTS

__all__ = ["CASE_ACTS", "ORDER_ACTS", "Acts"]
