"""What each intent asks for where nothing else is under way."""

import re

from bots.dialogue.decide import commands as do
from bots.dialogue.turn import Intent, Understanding

# Below this an intent is a guess: asked again rather than acted upon.
SURE = 0.4
# A second wish in the same message must be plain.
SURE_BESIDE = 0.5
# So sure must one be to say that a wish is none of the shop's business.
SURE_OUTSIDE = 0.6

STARTS = {
    "order_status": "order_status",
    "order_cancel": "cancel_order",
    "return_request": "return_order",
    "refund_status": "refund_status",
}
ASKS = {
    "policy_question",
    "promotion_query",
    "order_place",
    "account_help",
    "invoice_request",
    "payment_problem",
    "order_change",
    "exchange_request",
    "repair_request",
    "privacy_request",
    "order_problem",
}
CHATS = {"greet", "goodbye", "thank", "chitchat", "ask_bot", "feedback"}
SIMPLE: dict[str, do.Command] = {
    "product_search": do.Browse(),
    "product_question": do.AskProduct(),
    "promotion_subscribe": do.Promotions(wanted=True),
    "promotion_unsubscribe": do.Promotions(wanted=False),
    "human_agent": do.HandOver(reason="asked"),
    "complaint": do.OfferPerson(topic="complaint"),
    "cancel": do.Cancel(),
    "deny": do.Cancel(),
    "affirm": do.Chat(topic="else"),
}
# Said beside a wish, these are manners and need no answer of their own.
MANNERS = {"greet", "goodbye", "thank", "chitchat", "affirm", "deny"}

_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+|[\u3400-\u9fff]{1,2}")
_FEWEST = 3


def command(intent: Intent, understanding: Understanding, text: str) -> do.Command:
    """What an intent asks for where no task is under way."""
    if intent.name in STARTS:
        return do.Start(skill=STARTS[intent.name])
    if intent.name == "order_place" and understanding.slots.get("product"):
        return do.Browse()
    if intent.name in ASKS:
        return do.Ask(topic=intent.name)
    if intent.name in CHATS:
        return do.Chat(topic=intent.name)
    if intent.name in SIMPLE:
        return SIMPLE[intent.name]
    if is_outside(intent, text):
        return do.Ask(topic="out_of_scope")
    return do.Unclear()


def is_outside(intent: Intent, text: str) -> bool:
    """Whether it is plain that this is a wish, and none of the shop's business.

    A word or two, or letters without sense, are not understood rather than refused.
    """
    return intent.confidence >= SURE_OUTSIDE and words(text) >= _FEWEST


def is_sure(understanding: Understanding, name: str) -> bool:
    return any(
        intent.name == name and intent.confidence >= SURE
        for intent in understanding.intents
    )


def started(understanding: Understanding) -> str:
    """The skill that the surest wish starts, or ""."""
    for intent in understanding.intents:
        if intent.name in STARTS and intent.confidence >= SURE:
            return STARTS[intent.name]
    return ""


def words(text: str) -> int:
    """How many words a text has; two characters of Chinese count as one."""
    return len(_WORD.findall(text))
