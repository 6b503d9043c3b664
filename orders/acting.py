"""Who acts."""

from dataclasses import dataclass
from datetime import datetime

from orders.models import Customer


@dataclass(frozen=True, kw_only=True)
class By:
    """Who writes, on whose behalf, and when.

    `customer` comes from the conversation, never from text; None is for staff, who may
    write on every order. The same `key` again returns the first result.
    """

    at: datetime
    customer: Customer | None
    actor: str = "bot"
    key: str = ""
    confirmation: str = ""
