"""The slots of a message: who, what, how many, for how much, when, why."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bots.dialogue.understand.labels import MANNERS, OUT_OF_SCOPE
from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots import (
    address,
    amounts,
    change,
    contact,
    dates,
    ids,
    languages,
    money,
    options,
    product,
    reason,
    shop,
)
from bots.dialogue.understand.slots.found import Found, without

_REASONED = "order_cancel return_request exchange_request complaint"
_NAMED = (
    "repair_request order_problem product_search product_question promotion_query "
    "promotion_subscribe order_place order_status order_change refund_status "
    "policy_question feedback invoice_request"
)
_UNCOUNTED = (
    "feedback invoice_request complaint policy_question promotion_query product_question "
    "promotion_subscribe"
)
_PAID = "payment_problem order_place order_change policy_question"
# Days in these belong to nothing that the shop does.
_DATELESS = frozenset({*MANNERS, "ask_bot", OUT_OF_SCOPE})
_GIVES_REASON = frozenset(_REASONED.split())
_NAMES_PRODUCT = _GIVES_REASON | frozenset(_NAMED.split())
_COUNTS = _NAMES_PRODUCT - frozenset(_UNCOUNTED.split())
_PAYS = frozenset(_PAID.split())


def extract(
    said: Said, intents: frozenset[str], expecting: str, at: datetime
) -> dict[str, Any]:
    """Return the slots of a message that has these intents."""
    slots, rest = _identities(said, expecting)
    when = dates.find(rest, at.date())
    if when and (expecting or not intents <= _DATELESS):
        slots["date"] = when.value.isoformat()
        rest = without(rest, [when])
    slots |= _goods(rest, intents, expecting)
    slots |= _spoken(said, intents, expecting, frozenset(slots))
    return slots


def _identities(said: Said, expecting: str) -> tuple[dict[str, Any], Said]:
    """Return numbers, addresses and names, and what is said beside them."""
    slots: dict[str, Any] = {}
    rest = said
    for slot, finder in _FINDERS:
        # A postcode also counts where it is part of an address.
        found = finder(said if slot == "postcode" else rest, expecting)
        if found and slot not in slots:
            slots[slot] = found.value
            rest = without(rest, [found])
    if "order_id" in slots and "phone" not in slots:
        rest, slots = _proved(rest, slots)
    return slots, rest


def _proved(rest: Said, slots: dict[str, Any]) -> tuple[Said, dict[str, Any]]:
    """Take four digits right beside an order number for the end of a phone number."""
    found = contact.proof(rest)
    if not found:
        return rest, slots
    return without(rest, [found]), slots | {"phone": found.value}


Finder = Callable[[Said, str], Found[str] | None]
# What is found first is not read again as something else.
_FINDERS: tuple[tuple[str, Finder], ...] = (
    ("email", contact.email),
    ("tracking_number", ids.tracking_number),
    ("address", address.find),
    # Digits with a name of their own are no order number, and the other way round.
    ("phone", contact.named_phone),
    ("postcode", contact.postcode),
    ("order_id", ids.order_id),
    ("phone", contact.phone),
    ("name", contact.name),
)


def _goods(said: Said, intents: frozenset[str], expecting: str) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    prices = money.prices(said)
    for bound in prices:
        slots |= bound.value
    rest = without(said, prices)
    words = shop.words()
    chosen = options.find(rest, words)
    if chosen:
        slots["options"] = dict(item.value for item in chosen)
    rest = without(rest, chosen)
    count = amounts.quantity(rest, words)
    if count and (not intents or intents & _COUNTS or expecting):
        slots["quantity"] = count.value
        rest = without(rest, [count])
    if intents & _NAMES_PRODUCT or expecting in ("product", "choice", "items"):
        named = product.find(rest, words)
        if named:
            slots["product"] = named.value
    return slots


def _spoken(
    said: Said, intents: frozenset[str], expecting: str, found: frozenset[str]
) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    method = money.payment_method(said)
    if method and (
        intents & _PAYS or expecting == "payment_method" or _refunds(intents)
    ):
        slots["payment_method"] = method.value
    wished = languages.find(said)
    slots |= _given("language", wished.value if wished else "")
    slots |= _given(
        "change", _change(said, expecting, found) if "order_change" in intents else ""
    )
    if "feedback" in intents or "complaint" in intents or expecting == "rating":
        slots |= _given("rating", amounts.rating(said, expecting))
    if expecting == "reason" and not intents & {
        "affirm",
        "deny",
        "cancel",
        "human_agent",
    }:
        slots["reason"] = said.text
    elif _explains(intents):
        slots |= _given("reason", reason.find(said))
    return slots


def _explains(intents: frozenset[str]) -> bool:
    """Tell whether what is wrong is the reason for a wish, and not all that is told."""
    if intents & {"deny", "affirm"}:
        return False
    told = "complaint" in intents and "order_problem" in intents
    return bool(intents & (_GIVES_REASON - {"complaint"} if told else _GIVES_REASON))


def _change(said: Said, expecting: str, found: frozenset[str]) -> str:
    # What answers a question of ours names nothing by chance.
    return change.named(said) if expecting else change.find(said, found)


def _refunds(intents: frozenset[str]) -> bool:
    return bool(intents & {"return_request", "refund_status", "order_cancel"})


def _given(slot: str, value: str | int | None) -> dict[str, Any]:
    return {slot: value} if value else {}
