"""Writes: what can be done, by whom."""

from typing import Any

from orders import aftersales, changes
from orders.acting import By
from orders.refusal import Code
from orders.tools import arguments as args
from orders.tools import results
from orders.tools.questions import whose
from orders.tools.tool import Audience, tool

_PENDING = (
    Code.ORDER_NOT_FOUND,
    Code.NOT_PENDING,
    Code.CLOSED,
    Code.CASE_OPEN,
)
_METHOD = (Code.METHOD_NOT_FOUND, Code.BALANCE_TOO_LOW)
_ITEMS = (Code.NO_ITEMS, Code.LINE_NOT_IN_ORDER, Code.TOO_MANY_PIECES)
_SWAP = (Code.NEW_ITEM_UNKNOWN, Code.OTHER_PRODUCT, Code.SOLD_OUT, Code.SAME_VARIANT)
_AFTER = (
    Code.ORDER_NOT_FOUND,
    Code.NOT_DELIVERED,
    Code.WINDOW_PASSED,
    Code.CASE_OPEN,
    *_ITEMS,
)
_CASE = (Code.CASE_NOT_FOUND, Code.CASE_STATUS)


@tool(
    args.CancelOrder,
    Audience.CUSTOMER,
    writes=True,
    errors=(
        *_PENDING,
        Code.ALREADY_CANCELLED,
        Code.INVALID_REASON,
    ),
)
def cancel_order(given: args.CancelOrder, by: By) -> Any:
    """Cancel an order that is not packed yet.

    The money goes back to where it came from. Over the terms' limit, a case waits for
    staff.
    """
    return results.of_write(
        changes.cancel(given.number, reason=given.reason, note=given.note, by=by)
    )


@tool(
    args.ChangeAddress,
    Audience.CUSTOMER,
    writes=True,
    errors=(*_PENDING, Code.INVALID_ADDRESS),
)
def change_address(given: args.ChangeAddress, by: By) -> Any:
    """Send an order that is not packed yet to another address."""
    address = given.address.given()
    return results.of_write(
        changes.change_address(given.number, address=address, by=by)
    )


@tool(
    args.ChangeDefaultAddress,
    Audience.CUSTOMER,
    writes=True,
    errors=(Code.CUSTOMER_NOT_FOUND, Code.INVALID_ADDRESS),
)
def change_default_address(given: args.ChangeDefaultAddress, by: By) -> Any:
    """Replace the address of the customer's profile; orders stay."""
    ref = whose(given.customer, by).ref
    address = given.address.given()
    return results.of_write(changes.change_default_address(ref, address=address, by=by))


@tool(
    args.ChangePayment,
    Audience.CUSTOMER,
    writes=True,
    errors=(
        *_PENDING,
        *_METHOD,
        Code.NOT_PAID,
        Code.METHOD_CHANGED,
        Code.SAME_METHOD,
    ),
)
def change_payment(given: args.ChangePayment, by: By) -> Any:
    """Pay an order that is not packed yet with another method of the customer.

    Once an order.
    """
    return results.of_write(
        changes.change_payment(given.number, method=given.method, by=by)
    )


@tool(
    args.ChangeItems,
    Audience.CUSTOMER,
    writes=True,
    errors=(
        *_PENDING,
        *_ITEMS,
        *_SWAP,
        *_METHOD,
        Code.NEEDS_APPROVAL,
        Code.PAYMENT_UNDER_WAY,
    ),
)
def change_items(given: args.ChangeItems, by: By) -> Any:
    """Change items of an order that is not packed yet to other variants of the same
    product; may close the order to further changes.
    """
    swaps = args.swaps(given.swaps)
    return results.of_write(
        changes.change_items(given.number, swaps=swaps, method=given.method, by=by)
    )


@tool(
    args.ChangeDelivery,
    Audience.CUSTOMER,
    writes=True,
    errors=(
        *_PENDING,
        *_METHOD,
        Code.INVALID_DELIVERY,
        Code.NOTHING_CHANGED,
        Code.PAYMENT_UNDER_WAY,
    ),
)
def change_delivery(given: args.ChangeDelivery, by: By) -> Any:
    """Change how, when or with which note a pending order is delivered."""
    return results.of_write(
        changes.change_delivery(
            given.number,
            method=given.method,
            on=given.on,
            note=given.note,
            pay_with=given.pay_with,
            by=by,
        )
    )


@tool(
    args.OpenReturn,
    Audience.CUSTOMER,
    writes=True,
    errors=(*_AFTER, Code.METHOD_NOT_FOUND, Code.METHOD_NOT_ALLOWED),
)
def open_return(given: args.OpenReturn, by: By) -> Any:
    """Open a return of delivered items for money."""
    return results.of_write(
        aftersales.open_return(
            given.number,
            items=args.counts(given.items),
            reason=given.reason,
            ground=given.ground,
            method=given.method,
            by=by,
        )
    )


@tool(
    args.OpenRefund,
    Audience.CUSTOMER,
    writes=True,
    errors=(
        *_AFTER,
        Code.NOT_SENT,
        Code.INVALID_GROUND,
        Code.METHOD_NOT_FOUND,
        Code.METHOD_NOT_ALLOWED,
        Code.PAYMENT_UNDER_WAY,
    ),
)
def open_refund(given: args.OpenRefund, by: By) -> Any:
    """Ask for money back for items that were lost, damaged or wrong.

    Nothing is sent back.
    """
    return results.of_write(
        aftersales.open_refund(
            given.number,
            items=args.counts(given.items),
            ground=given.ground,
            reason=given.reason,
            method=given.method,
            by=by,
        )
    )


@tool(
    args.OpenExchange,
    Audience.CUSTOMER,
    writes=True,
    errors=(*_AFTER, *_SWAP, *_METHOD),
)
def open_exchange(given: args.OpenExchange, by: By) -> Any:
    """Open an exchange of delivered items for other variants of the same product."""
    return results.of_write(
        aftersales.open_exchange(
            given.number,
            swaps=args.swaps(given.swaps),
            reason=given.reason,
            ground=given.ground,
            method=given.method,
            by=by,
        )
    )


@tool(args.OpenRepair, Audience.CUSTOMER, writes=True, errors=_AFTER)
def open_repair(given: args.OpenRepair, by: By) -> Any:
    """Open a repair under warranty."""
    items = args.counts(given.items)
    return results.of_write(
        aftersales.open_repair(given.number, items=items, reason=given.reason, by=by)
    )


@tool(args.OfCase, Audience.CUSTOMER, writes=True, errors=_CASE)
def withdraw_case(given: args.OfCase, by: By) -> Any:
    """Take back a case before anything came of it."""
    return results.of_write(aftersales.withdraw(given.ref, by=by))


@tool(
    args.OfCase,
    Audience.STAFF,
    writes=True,
    errors=(*_CASE, Code.NOT_PENDING, Code.PAYMENT_UNDER_WAY),
)
def approve_case(given: args.OfCase, by: By) -> Any:
    """Agree to a case; a refund without a return is paid at once."""
    return results.of_write(aftersales.approve(given.ref, by=by))


@tool(args.RejectCase, Audience.STAFF, writes=True, errors=_CASE)
def reject_case(given: args.RejectCase, by: By) -> Any:
    """Refuse a case, with a sentence for the shopper."""
    return results.of_write(
        aftersales.reject(given.ref, decision=given.decision, by=by)
    )


@tool(args.OfCase, Audience.STAFF, writes=True, errors=_CASE)
def receive_case(given: args.OfCase, by: By) -> Any:
    """Note that the goods of a case have come back."""
    return results.of_write(aftersales.receive(given.ref, by=by))


@tool(
    args.OfCase,
    Audience.STAFF,
    writes=True,
    errors=(*_CASE, Code.BALANCE_TOO_LOW, Code.PAYMENT_UNDER_WAY),
)
def complete_case(given: args.OfCase, by: By) -> Any:
    """Carry out what a case agreed: the money moves."""
    return results.of_write(aftersales.complete(given.ref, by=by))


WRITES = (
    cancel_order,
    change_address,
    change_default_address,
    change_payment,
    change_items,
    change_delivery,
    open_return,
    open_exchange,
    open_repair,
    open_refund,
    withdraw_case,
    approve_case,
    reject_case,
    receive_case,
    complete_case,
)
