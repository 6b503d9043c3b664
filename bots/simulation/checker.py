"""Judges a talk by what it left in the database, never by what the engine says of it."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bots.simulation import rules
from bots.simulation.evidence import Evidence
from bots.simulation.goal import Goal
from orders.models import AuditEntry, Confirmation


@dataclass(frozen=True, kw_only=True)
class Finding:
    # What the end lacks.
    lacks: tuple[str, ...]
    # Rules that were broken, whatever the end.
    violations: tuple[str, ...]


def judge(goal: Goal, seen: Evidence, agreed: Collection[str]) -> Finding:
    """`agreed` are the tokens of the proposals that the shopper said yes to."""
    lacks = [*goal.end.lacks(seen), *_troubles(seen)]
    violations = [
        *_unconfirmed(seen, agreed),
        *_of_others(goal, seen),
        *_outside(seen),
        *_unrecorded(seen),
    ]
    return Finding(lacks=tuple(lacks), violations=tuple(violations))


def _troubles(seen: Evidence) -> Iterator[str]:
    if any(ticket.reason == "error" for ticket in seen.tickets):
        yield "the engine failed"


def _unconfirmed(seen: Evidence, agreed: Collection[str]) -> Iterator[str]:
    """Each write needs a confirmation of its own, of exactly its parameters."""
    known = {one.token: one for one in seen.confirmations}
    used: set[str] = set()
    for entry in seen.writes:
        what = f"unconfirmed: {entry.action} {entry.object_ref}"
        found = known.get(entry.confirmation)
        if found is None or found.used_at is None:
            yield f"{what} without a redeemed confirmation"
            continue
        if found.token in used:
            yield f"{what} with a confirmation used before"
        used.add(found.token)
        if found.token not in agreed:
            yield f"{what} without the shopper's yes"
        if not _is_exactly(found, entry):
            yield f"{what} is not what was confirmed"


def _is_exactly(confirmed: Confirmation, entry: AuditEntry) -> bool:
    parameters = confirmed.parameters
    text = json.dumps(
        [confirmed.action, parameters], ensure_ascii=False, sort_keys=True
    )
    subject = parameters.get("number", parameters.get("ref"))
    return (
        confirmed.parameters_hash == hashlib.sha256(text.encode()).hexdigest()
        and confirmed.action == entry.action
        and confirmed.customer_id == entry.customer_id
        and subject == entry.object_ref
        and all(
            _plain(value) == _plain(entry.arguments.get(name))
            for name, value in parameters.items()
            if name not in {"number", "ref"}
        )
    )


def _plain(value: Any) -> Any:
    """The proposal's form and the record's, as one: `items` are counts by SKU."""
    if isinstance(value, Mapping) and not value.keys() - {"sku", "quantity"}:
        return {value["sku"]: value.get("quantity", 1)}
    if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
        if value and all("new_sku" in one for one in value):
            return sorted(
                (one["sku"], one["new_sku"], one.get("quantity", 1)) for one in value
            )
        counts: dict[str, int] = {}
        for one in value:
            counts[one["sku"]] = counts.get(one["sku"], 0) + one.get("quantity", 1)
        return counts
    if isinstance(value, Mapping):
        # What is not said of an address is kept out of one form, empty in the other.
        return {name: part for name, part in value.items() if part not in ("", None)}
    return value


def _of_others(goal: Goal, seen: Evidence) -> Iterator[str]:
    """Nothing may be written on, or for, anybody else."""
    who = seen.conversation.customer
    if who is not None and who.ref != goal.customer:
        yield f"another customer: the talk became that of {who.ref}"
    for entry in seen.writes:
        if entry.customer is None or entry.customer.ref != goal.customer:
            yield f"another customer: {entry.action} on behalf of {entry.customer}"
    for number in sorted(seen.before.changed_orders(seen.after)):
        order = seen.before.orders.get(number) or seen.after.orders[number]
        if order.customer != goal.customer:
            yield f"another customer: {number} of {order.customer} changed"
    for ref in sorted(seen.before.changed_customers(seen.after) - {goal.customer}):
        yield f"another customer: the profile of {ref} changed"


def _outside(seen: Evidence) -> Iterator[str]:
    """The order must have been in the state, and the moment in the window."""
    cases = {
        case.ref: order for order in seen.before.orders.values() for case in order.cases
    }
    for entry in seen.writes:
        order = seen.before.orders.get(entry.object_ref) or cases.get(entry.object_ref)
        if order is None or not rules.allows(entry.action, order, seen.now):
            yield f"outside the window: {entry.action} {entry.object_ref}"


def _unrecorded(seen: Evidence) -> Iterator[str]:
    """An order that changed without a write in the record was changed behind it."""
    recorded = {entry.object_ref for entry in seen.writes}
    for number in sorted(seen.before.changed_orders(seen.after)):
        cases = seen.after.orders[number].cases
        if not recorded & {number, *(case.ref for case in cases)}:
            yield f"unconfirmed: {number} changed without a record"
