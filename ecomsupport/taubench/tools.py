"""tau-bench's sixteen tools by name, and how one is called."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ecomsupport.taubench import reads, refused, writes
from ecomsupport.taubench.data import ADDRESS
from ecomsupport.taubench.refused import RefusedError
from orders.acting import By
from orders.models import PaymentMethod
from orders.refusal import Code, Refusal

# What no column holds: PostgreSQL refuses NUL, UTF-8 half a character.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_LISTS = frozenset({"item_ids", "new_item_ids"})


@dataclass(frozen=True)
class Tool:
    """`run` takes who acts, and all of the arguments by name."""

    run: Callable[..., Any]
    arguments: tuple[str, ...] = ()
    # A shopper must be identified.
    personal: bool = False


_CHANGE = ("order_id", "item_ids", "new_item_ids", "payment_method_id")

TOOLS = {
    "find_user_id_by_email": Tool(reads.find_user_by_email, ("email",)),
    "find_user_id_by_name_zip": Tool(
        reads.find_user_by_name, ("first_name", "last_name", "zip")
    ),
    "get_user_details": Tool(reads.user_details, ("user_id",), personal=True),
    "get_order_details": Tool(reads.order_details, ("order_id",), personal=True),
    "get_product_details": Tool(reads.product_details, ("product_id",)),
    "get_item_details": Tool(reads.item_details, ("item_id",)),
    "list_all_product_types": Tool(reads.product_types),
    "calculate": Tool(reads.calculate, ("expression",)),
    "think": Tool(reads.think, ("thought",)),
    "transfer_to_human_agents": Tool(reads.transfer, ("summary",)),
    "cancel_pending_order": Tool(writes.cancel, ("order_id", "reason"), personal=True),
    "modify_pending_order_address": Tool(
        writes.modify_address, ("order_id", *ADDRESS), personal=True
    ),
    "modify_pending_order_payment": Tool(
        writes.modify_payment, ("order_id", "payment_method_id"), personal=True
    ),
    "modify_pending_order_items": Tool(writes.modify_items, _CHANGE, personal=True),
    "exchange_delivered_order_items": Tool(
        writes.exchange_items, _CHANGE, personal=True
    ),
    "return_delivered_order_items": Tool(
        writes.return_items,
        ("order_id", "item_ids", "payment_method_id"),
        personal=True,
    ),
    "modify_user_address": Tool(
        writes.modify_user_address, ("user_id", *ADDRESS), personal=True
    ),
}


def call(name: str, arguments: Any, *, by: By) -> Any:
    """Call a tool as `by.customer`, or as nobody; raises RefusedError."""
    tool = TOOLS.get(name)
    if tool is None or not _fit(tool, arguments):
        raise RefusedError(refused.MALFORMED)
    # Nobody must never reach a write: there, no customer stands for staff.
    if tool.personal and by.customer is None:
        raise RefusedError(refused.NOT_IDENTIFIED)
    try:
        return tool.run(by, **arguments)
    except Refusal as refusal:
        raise RefusedError(_class(refusal, arguments)) from refusal


def _fit(tool: Tool, arguments: object) -> bool:
    """Whether exactly its arguments are there, each of its type."""
    if not isinstance(arguments, dict) or arguments.keys() != set(tool.arguments):
        return False
    return all(
        _is_list(value) if name in _LISTS else _is_text(value)
        for name, value in arguments.items()
    )


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not _UNSTORABLE.search(value)


def _class(refusal: Refusal, arguments: Mapping[str, Any]) -> str:
    """The most precise class; the product itself never says what others own."""
    if refusal.code == Code.METHOD_NOT_FOUND:
        ref = arguments["payment_method_id"]
        if PaymentMethod.objects.filter(ref=ref).exists():
            return refused.METHOD_OF_OTHER_USER
    # A code without a class is told as it is: no case can expect it.
    return refused.CLASSES.get(refusal.code, str(refusal.code))
