"""Calling a tool: at once, or as a proposal that a yes confirms."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from orders import aftersales, confirmation, lookup, numbers, options
from orders.acting import By
from orders.models import Customer, Order
from orders.refusal import Code, Refusal
from orders.tools.register import get
from orders.tools.tool import Audience, Tool


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A write that waits for a yes; `preview` is what it would answer."""

    token: str
    tool: str
    arguments: Mapping[str, Any]
    preview: Any


def call(name: str, arguments: Mapping[str, Any], *, by: By) -> Any:
    """Run a tool and return its answer as JSON.

    With a customer in `by` it acts for this shopper; without one, for staff. Who may
    call it without a yes is the caller's to know: a conversation proposes its writes.
    Raises `Refusal`, with what is possible instead; nothing is changed then.
    """
    tool = get(name)
    if by.customer is not None and tool.audience == Audience.STAFF:
        raise Refusal(Code.NOT_ALLOWED)
    given = tool.parse(arguments)
    try:
        return tool.run(given, by)
    except Refusal as refusal:
        raise refusal.or_else(_instead(tool, arguments, by)) from None


def propose(name: str, arguments: Mapping[str, Any], *, by: By) -> Proposal:
    """Rehearse a write, and store it for the yes that carries it out.

    Raises `Refusal` where it would be refused now.
    """
    customer = _identified(by)
    preview = rehearse(name, arguments, by=by)
    token = confirmation.propose(name, arguments, customer=customer, now=by.at)
    return Proposal(token=token, tool=name, arguments=arguments, preview=preview)


@transaction.atomic
def confirm(token: str, *, by: By) -> Any:
    """Carry out what was proposed under this token, exactly that, once.

    Raises `Refusal` (NOT_CONFIRMED, or as the write); nothing is changed then.
    """
    found = confirmation.use(token, customer=_identified(by), now=by.at)
    return call(found.action, found.parameters, by=replace(by, confirmation=token))


def tidy(arguments: Mapping[str, Any], *, customer: Customer | None) -> dict[str, Any]:
    """Bring what a person or a model wrote into the exact form that tools take.

    An order number loses spaces, `#`, full width and letter case where that leads to
    one of the customer's orders.
    """
    tidied = dict(arguments)
    number = tidied.get("number")
    if isinstance(number, str) and customer is not None:
        own = Order.objects.filter(customer=customer).values_list("number", flat=True)
        folded = {numbers.written(one): one for one in own}
        tidied["number"] = folded.get(numbers.written(number), number)
    return tidied


def rehearse(name: str, arguments: Mapping[str, Any], *, by: By) -> Any:
    """What the write would answer; everything it did is rolled back.

    Raises `Refusal` where it would be refused now.
    """
    if not get(name).writes:
        raise Refusal(Code.NOT_ALLOWED)
    with transaction.atomic():
        preview = call(name, arguments, by=replace(by, key=""))
        transaction.set_rollback(True)
    return preview


def _identified(by: By) -> Customer:
    if by.customer is None:
        raise Refusal(Code.NOT_IDENTIFIED)
    return by.customer


def _instead(tool: Tool, arguments: Mapping[str, Any], by: By) -> tuple[str, ...]:
    """The writes that are possible with the order or the case of a refused one."""
    if not tool.writes:
        return ()
    if "number" in arguments:
        order = lookup.order_numbered(arguments["number"], by.customer)
        return options.possible(order, by.at) if order else ()
    case = lookup.case_numbered(str(arguments.get("ref", "")), by.customer)
    if case is None or by.customer is not None:
        return ()
    return aftersales.possible_moves(case)
