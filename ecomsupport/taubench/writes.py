"""tau-bench's writing tools: its arguments in the product's words, the yes as given."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

from ecomsupport.taubench import refused
from ecomsupport.taubench.data import address
from ecomsupport.taubench.reads import own_order
from ecomsupport.taubench.refused import RefusedError
from orders import aftersales, changes, pieces
from orders.acting import By
from orders.connectors import payments
from orders.models import Case, ConnectorCall
from orders.pieces import Swap
from orders.standing import Standing


def cancel(by: By, *, order_id: str, reason: str) -> None:
    changes.cancel(order_id, reason=reason, by=by)


def modify_address(by: By, *, order_id: str, **six: str) -> None:
    changes.change_address(order_id, address=address(six), by=by)


def modify_payment(by: By, *, order_id: str, payment_method_id: str) -> None:
    changes.change_payment(order_id, method=payment_method_id, by=by)
    # There money moves at once: nothing is ever under way.
    charges = ConnectorCall.objects.under_way().filter(order__number=order_id)
    for call in charges.filter(action=ConnectorCall.Action.CHARGE):
        staff = replace(by, customer=None)
        payments.settled_by_hand(order_id, call=call.key, by=staff)


def modify_items(
    by: By,
    *,
    order_id: str,
    item_ids: Sequence[str],
    new_item_ids: Sequence[str],
    payment_method_id: str,
) -> None:
    if len(item_ids) != len(new_item_ids):
        order = own_order(by, order_id)
        changes.check_pending(Standing(order, by.at))
        pieces.take(pieces.ordered(order), pieces.count(item_ids))
        _refuse_counts()
    swaps = _swaps(item_ids, new_item_ids)
    changes.change_items(order_id, swaps=swaps, method=payment_method_id, by=by)


def exchange_items(
    by: By,
    *,
    order_id: str,
    item_ids: Sequence[str],
    new_item_ids: Sequence[str],
    payment_method_id: str,
) -> None:
    if len(item_ids) != len(new_item_ids):
        order = own_order(by, order_id)
        aftersales.check(Standing(order, by.at), Case.Kind.EXCHANGE)
        aftersales.choose(order, pieces.count(item_ids))
        _refuse_counts()
    swaps = _swaps(item_ids, new_item_ids)
    aftersales.open_exchange(order_id, swaps=swaps, method=payment_method_id, by=by)


def return_items(
    by: By, *, order_id: str, item_ids: Sequence[str], payment_method_id: str
) -> None:
    items = pieces.count(item_ids)
    aftersales.open_return(order_id, items=items, method=payment_method_id, by=by)


def modify_user_address(by: By, *, user_id: str, **six: str) -> None:
    changes.change_default_address(user_id, address=address(six), by=by)


def _swaps(items: Sequence[str], new_items: Sequence[str]) -> list[Swap]:
    """Two lists side by side, as pairs."""
    pairs = zip(items, new_items, strict=True)
    return [Swap(sku=item, new_sku=new) for item, new in pairs]


def _refuse_counts() -> NoReturn:
    """Refuse lists that pair nothing: only there can they differ in length.

    What counts before it was checked by then.
    """
    raise RefusedError(refused.ITEM_COUNT_MISMATCH)
