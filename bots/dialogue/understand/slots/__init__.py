"""The slots of a message: who, what, how many, for how much, when, why."""

from datetime import datetime
from typing import Any

from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots import (
    address,
    amounts,
    contact,
    dates,
    ids,
    money,
    options,
    product,
    wishes,
)
from bots.dialogue.understand.slots.found import Found, without

_GIVES_REASON = frozenset(
    "order_cancel return_request exchange_request complaint repair_request "
    "order_problem".split()
)
_NAMES_PRODUCT = _GIVES_REASON | frozenset(
    "product_search product_question promotion_query promotion_subscribe order_place "
    "order_status order_change refund_status policy_question feedback "
    "invoice_request".split()
)
_PAYS = frozenset("payment_problem order_place order_change policy_question".split())


def extract(
    said: Said, intents: frozenset[str], expecting: str, at: datetime
) -> dict[str, Any]:
    """Return the slots of a message that has these intents."""
    slots, rest = _identities(said, expecting)
    slots |= _timing(rest, at)
    if "date" in slots:
        rest = without(
            rest, [dates.find(rest, at.date()) or Found(value="", start=0, end=0)]
        )
    slots |= _goods(rest, intents, expecting)
    slots |= _spoken(said, intents, expecting)
    return slots


def _identities(said: Said, expecting: str) -> tuple[dict[str, Any], Said]:
    """Return numbers, addresses and names, and what is said beside them."""
    slots: dict[str, Any] = {}
    rest = said
    finders = (
        ("email", lambda: contact.email(rest)),
        ("tracking_number", lambda: ids.tracking_number(rest, expecting)),
        ("address", lambda: address.find(rest, expecting)),
        ("phone", lambda: contact.phone(rest, expecting)),
        ("order_id", lambda: ids.order_id(rest, expecting)),
        ("postcode", lambda: contact.postcode(said, expecting)),
        ("name", lambda: contact.name(rest, expecting)),
    )
    for slot, finder in finders:
        found = finder()
        if found:
            slots[slot] = found.value
            rest = without(rest, [found])
    return slots, rest


def _timing(said: Said, at: datetime) -> dict[str, Any]:
    found = dates.find(said, at.date())
    return {"date": found.value.isoformat()} if found else {}


def _goods(said: Said, intents: frozenset[str], expecting: str) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    prices = money.prices(said)
    for bound in prices:
        slots |= bound.value
    rest = without(said, prices)
    chosen = options.find(rest)
    if chosen:
        slots["options"] = dict(item.value for item in chosen)
    rest = without(rest, chosen)
    count = amounts.quantity(rest)
    if count:
        slots["quantity"] = count.value
        rest = without(rest, [count])
    if intents & _NAMES_PRODUCT or expecting in ("product", "choice", "items"):
        named = product.find(rest)
        if named:
            slots["product"] = named.value
    return slots


def _spoken(said: Said, intents: frozenset[str], expecting: str) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    method = money.payment_method(said)
    if method and (
        intents & _PAYS or expecting == "payment_method" or _refunds(intents)
    ):
        slots["payment_method"] = method.value
    slots |= _given("language", wishes.language(said))
    slots |= _given("change", wishes.change(said) if "order_change" in intents else "")
    if "feedback" in intents or "complaint" in intents or expecting == "rating":
        slots |= _given("rating", amounts.rating(said, expecting))
    if expecting == "reason" and not intents & {
        "affirm",
        "deny",
        "cancel",
        "human_agent",
    }:
        slots["reason"] = said.text
    elif intents & _GIVES_REASON:
        slots |= _given("reason", wishes.reason(said))
    return slots


def _refunds(intents: frozenset[str]) -> bool:
    return bool(intents & {"return_request", "refund_status", "order_cancel"})


def _given(slot: str, value: str | int | None) -> dict[str, Any]:
    return {slot: value} if value else {}
