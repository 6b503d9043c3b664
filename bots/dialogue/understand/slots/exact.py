"""What is found by how it is written: numbers, addresses, days, prices, options, counts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bots.dialogue.understand.labels import MANNERS, OUT_OF_SCOPE
from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots import (
    address,
    amounts,
    contact,
    dates,
    ids,
    money,
    options,
)
from bots.dialogue.understand.slots.found import Found, without
from bots.dialogue.understand.slots.shop import Words
from bots.dialogue.understand.slots.telling import COUNTS

# Days in these belong to nothing that the shop does.
_DATELESS = frozenset({*MANNERS, "ask_bot", OUT_OF_SCOPE})


def find(
    said: Said, intents: frozenset[str], expecting: str, at: datetime, words: Words
) -> tuple[dict[str, Any], Said]:
    """Return these slots, and what is said beside them."""
    slots, rest = _identities(said, expecting)
    when = dates.find(rest, at.date())
    if when and (expecting or not intents <= _DATELESS):
        slots["date"] = when.value.isoformat()
        rest = without(rest, [when])
    prices = money.prices(rest)
    for bound in prices:
        slots |= bound.value
    rest = without(rest, prices)
    chosen = options.find(rest, words)
    if chosen:
        slots["options"] = dict(item.value for item in chosen)
    rest = without(rest, chosen)
    count = amounts.quantity(rest, words)
    if count and (not intents or intents & COUNTS or expecting):
        slots["quantity"] = count.value
        rest = without(rest, [count])
    return slots, rest


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
