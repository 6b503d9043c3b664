"""Takes in what the shop's system tells, in whatever order and however often."""

from orders.intake.errors import MalformedError, NotYetError
from orders.intake.run import take_in

__all__ = ["MalformedError", "NotYetError", "take_in"]
