"""After-sales cases: what one would bring, the opening of one, and its life."""

from orders.aftersales.deciding import (
    EVIDENCE_SIZE,
    EVIDENCE_TYPES,
    MOVES,
    approve,
    attach,
    complete,
    possible_moves,
    receive,
    reject,
    take_back,
    withdraw,
)
from orders.aftersales.opening import (
    ask_to_cancel,
    open_exchange,
    open_refund,
    open_repair,
    open_return,
)
from orders.aftersales.quoting import (
    Quote,
    check,
    choose,
    quote_exchange,
    quote_refund,
    quote_return,
)

__all__ = [
    "EVIDENCE_SIZE",
    "EVIDENCE_TYPES",
    "MOVES",
    "Quote",
    "approve",
    "ask_to_cancel",
    "attach",
    "check",
    "choose",
    "complete",
    "open_exchange",
    "open_refund",
    "open_repair",
    "open_return",
    "possible_moves",
    "quote_exchange",
    "quote_refund",
    "quote_return",
    "receive",
    "reject",
    "take_back",
    "withdraw",
]
