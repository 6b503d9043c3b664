"""What each intent asks for where nothing else is under way."""

import re

from bots.dialogue.decide import commands as do
from bots.dialogue.decide import verbs
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
    "exchange_request": "exchange_order",
    "repair_request": "repair_order",
    "order_problem": "report_problem",
}
# A change of an order, by what is to change.
CHANGES = {
    "address": "change_address",
    "payment": "change_payment",
    "items": "change_items",
    "delivery": "change_delivery",
}
# What is named anew, and what of an order changes by it.
CHANGED_BY = {
    "address": "address",
    "payment_method": "payment",
    "options": "items",
    "date": "delivery",
}
# Beside these, words may also take back what was asked for before.
_TAKE_BACK = frozenset({*STARTS, "cancel", "deny"} - {"order_status", "order_problem"})
SKILLS = frozenset({*STARTS.values(), *CHANGES.values(), "withdraw_case"})
# One wish: which of them it is depends on whether the order has arrived.
_SWAPS = frozenset({"change_items", "exchange_order"})
ASKS = {
    "policy_question",
    "promotion_query",
    "order_place",
    "account_help",
    "invoice_request",
    "payment_problem",
    "order_change",
    "privacy_request",
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
    if started := skill(intent.name, understanding, text):
        return do.Start(skill=started)
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


def skill(name: str, understanding: Understanding, text: str) -> str:
    """The skill that an intent of this name starts, with these words, or ""."""
    if name in _TAKE_BACK and verbs.withdraws(text):
        return "withdraw_case"
    if name == "order_change":
        return CHANGES.get(_changed(understanding), "")
    return STARTS.get(name, "")


def _changed(understanding: Understanding) -> str:
    """What of an order is to change; where it is not said, what is named anew tells."""
    slots = understanding.slots
    said = str(slots.get("change") or "")
    return said or next(
        (CHANGED_BY[name] for name in CHANGED_BY if slots.get(name)), ""
    )


def is_of(task: str, name: str, understanding: Understanding, text: str) -> bool:
    """Whether the intent of this name is what the task `task` is about."""
    found = skill(name, understanding, text)
    return bool(found) and (found == task or {found, task} <= _SWAPS)


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


def started(understanding: Understanding, text: str) -> str:
    """The skill that the surest wish starts, or ""."""
    sure = [i.name for i in understanding.intents if i.confidence >= SURE]
    found = (skill(name, understanding, text) for name in sure)
    return next(filter(None, found), "")


def words(text: str) -> int:
    """How many words a text has; two characters of Chinese count as one."""
    return len(_WORD.findall(text))
