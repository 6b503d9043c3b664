"""Names of intents that belong together, and what a label with its confidence is."""

from bots.dialogue.turn import MANNERS
from bots.dialogue.understand.classifier import OUT_OF_SCOPE

__all__ = [
    "ANSWERS",
    "CERTAIN",
    "IDLE",
    "MANNERS",
    "NOTHING",
    "OUT_OF_SCOPE",
    "PRODUCT",
    "TASKS",
    "Wish",
]

Wish = tuple[str, float]
# These start no task that an answer could belong to.
_IDLE = (
    "greet goodbye thank chitchat ask_bot affirm deny cancel human_agent feedback "
    "out_of_scope complaint"
)
IDLE = frozenset(_IDLE.split())
# These are carried through to an end, best first; other questions are asked in
# between, and leave them open.
TASKS = (
    frozenset({"order_status", "order_cancel", "return_request", "refund_status"}),
    frozenset({"order_change", "exchange_request", "repair_request"}),
)
PRODUCT = frozenset({"product_search", "product_question", "order_place"})
ANSWERS = frozenset({"affirm", "deny"})
CERTAIN = 0.97
# Words without a wish: too weak to act upon.
NOTHING: Wish = ("chitchat", 0.3)
