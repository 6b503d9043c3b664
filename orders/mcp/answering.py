"""Answers a call of a session: who acts, what they may, and what is only proposed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import close_old_connections
from django.utils import translation
from django.utils.translation import gettext as _

from orders import confirmation, tools
from orders.acting import By
from orders.mcp.own import own_tools
from orders.mcp.session import Session
from orders.models import Customer
from orders.refusal import Code, Refusal
from orders.tools import Audience, Tool
from orders.tools.results import refused

Json = dict[str, Any]


def answer(
    name: str, arguments: Mapping[str, Any], *, session: Session, at: datetime
) -> tuple[Json, bool]:
    """What the tool answers, and whether that is a refusal; nothing is changed then."""
    with _connected():
        customer = session.customer
        by = By(at=at, customer=customer, actor="mcp")
        with translation.override(_language(customer)):
            try:
                return _run(name, arguments, session=session, by=by), False
            except Refusal as refusal:
                return refused(refusal), True


def _run(name: str, arguments: Mapping[str, Any], *, session: Session, by: By) -> Json:
    own = own_tools(session)
    tool = own.get(name) or _shop_tool(name)
    # Nobody must never get further: in `orders`, no customer stands for staff.
    if tool.audience == Audience.CUSTOMER and by.customer is None:
        raise Refusal(Code.NOT_IDENTIFIED)
    tidied = tools.tidy(arguments, customer=by.customer)
    if name in own:
        return dict(tool.run(tool.parse(tidied), by))
    if tool.writes:
        return _proposed(tools.propose(name, tidied, by=by))
    return dict(tools.call(name, tidied, by=by))


def _shop_tool(name: str) -> Tool:
    """One of the shop's; what is for staff is not there."""
    tool = tools.get(name)
    if tool.audience == Audience.STAFF:
        raise Refusal(Code.UNKNOWN_TOOL)
    return tool


def _proposed(proposal: tools.Proposal) -> Json:
    return {
        "sentence": _("Nothing has been done yet. Shall I do this?"),
        "proposed": proposal.tool,
        "arguments": dict(proposal.arguments),
        "preview": proposal.preview,
        "token": proposal.token,
        "minutes": confirmation.LIFETIME.seconds // 60,
        "next": "confirm",
    }


def _language(customer: Customer | None) -> str:
    if customer is None:
        return translation.get_language() or "en"
    return "zh-hans" if customer.language.startswith("zh") else customer.language


@contextmanager
def _connected() -> Iterator[None]:
    """Between requests Django would do this; here there are none."""
    close_old_connections()
    try:
        yield
    finally:
        close_old_connections()
