"""The slots of a message: who, what, how many, for how much, when, why."""

from datetime import datetime
from typing import Any

from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots import (
    amounts,
    change,
    exact,
    languages,
    learnt,
    money,
    shop,
)
from bots.dialogue.understand.slots.telling import (
    GIVES_REASON,
    NAMES_PRODUCT,
    PAYS,
)

# A bare answer to "why?" is the reason, unless it is one of these.
_NO_REASON = frozenset({"affirm", "deny", "cancel", "human_agent"})


def extract(
    said: Said, intents: frozenset[str], expecting: str, at: datetime
) -> dict[str, Any]:
    """Return the slots of a message that has these intents."""
    words = shop.words()
    slots, rest = exact.find(said, intents, expecting, at, words)
    told = learnt.Telling(
        said=said, rest=rest, intents=intents, words=words, answers=bool(expecting)
    )
    if intents & NAMES_PRODUCT or expecting in ("product", "choice", "items"):
        slots |= _given("product", told.product())
    slots |= _spoken(said, intents, expecting, frozenset(slots))
    if expecting == "reason" and not intents & _NO_REASON:
        slots["reason"] = said.text
    elif _explains(intents):
        slots |= _given("reason", told.reason())
    return slots


def _spoken(
    said: Said, intents: frozenset[str], expecting: str, found: frozenset[str]
) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    method = money.payment_method(said)
    if method and (
        intents & PAYS or expecting == "payment_method" or _refunds(intents)
    ):
        slots["payment_method"] = method.value
    wished = languages.find(said)
    slots |= _given("language", wished.value if wished else "")
    slots |= _given(
        "change", _change(said, expecting, found) if "order_change" in intents else ""
    )
    if "feedback" in intents or "complaint" in intents or expecting == "rating":
        slots |= _given("rating", amounts.rating(said, expecting))
    return slots


def _explains(intents: frozenset[str]) -> bool:
    """Tell whether what is wrong is the reason for a wish, and not all that is told."""
    if intents & {"deny", "affirm"}:
        return False
    told = "complaint" in intents and "order_problem" in intents
    return bool(intents & (GIVES_REASON - {"complaint"} if told else GIVES_REASON))


def _change(said: Said, expecting: str, found: frozenset[str]) -> str:
    # What answers a question of ours names nothing by chance.
    return change.named(said) if expecting else change.find(said, found)


def _refunds(intents: frozenset[str]) -> bool:
    return bool(intents & {"return_request", "refund_status", "order_cancel"})


def _given(slot: str, value: str | int | None) -> dict[str, Any]:
    return {slot: value} if value else {}
