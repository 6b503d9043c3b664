"""What is to be done with one order, told by the verb that stands beside its number."""

import re

# In the order in which they are looked for.
_VERBS = (
    ("cancel_order", r"取消|撤单|\bcancel"),
    ("refund_status", r"退款|到账|\brefund|money back"),
    ("return_order", r"退|\breturn|send (?:it |them )?back"),
    (
        "order_status",
        r"查|看看|到哪|哪了|物流|快递|发货|\bwhere|\btrack|\bstatus|\bcheck|\barriv",
    ),
)
_COMPILED = tuple((name, re.compile(verb, re.IGNORECASE)) for name, verb in _VERBS)


def skill(clause: str) -> str:
    """The skill that a clause asks for, or "" where no verb tells it."""
    return next((name for name, verb in _COMPILED if verb.search(clause)), "")
