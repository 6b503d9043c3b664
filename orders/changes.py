"""Changes of an order before it is packed; each is one write."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from orders import aftersales, balance, details, money, pieces, stock
from orders.acting import By
from orders.balance import lacking
from orders.models import Case, Customer, Order, OrderLine, Payment, Variant
from orders.pieces import Pieces, Swap
from orders.refusal import Code, Refusal
from orders.standing import Standing
from orders.swapping import price_difference, swap
from orders.text import Localized
from orders.writing import customer_write, order_write

# Without these no carrier finds the door.
REQUIRED = ("line1", "city")


@dataclass(frozen=True, kw_only=True)
class ItemChange:
    """What a change of items would do; a difference below 0 is paid back."""

    chosen: Sequence[tuple[Pieces, Variant]]
    difference: Decimal
    discount: Decimal


def check_pending(standing: Standing) -> None:
    """Raise `Refusal` where the order cannot be changed (any more)."""
    _check_pending(standing, closed=_is_closed(standing))


def check_payment(standing: Standing) -> None:
    """As `check_pending`; but what a failed charge left unpaid may always be paid."""
    _check_pending(
        standing, closed=_is_closed(standing) and not lacking(standing.order)
    )


def check_cancel(standing: Standing) -> None:
    """Raise `Refusal` where the order cannot be cancelled (any more)."""
    if standing.order.status == Order.Status.CANCELLED:
        raise Refusal(Code.ALREADY_CANCELLED, status=standing.order.status)
    check_pending(standing)


@order_write("cancel_order")
def cancel(order: Order, *, reason: str, note: str = "", by: By) -> Order | Case:
    """Cancel a pending order: money back to where it came from, pieces to stock.

    `reason` is one of the terms' reasons. Over the limit of the terms a shopper gets a
    case that waits for staff instead. Raises `Refusal` (ORDER_NOT_FOUND,
    ALREADY_CANCELLED, NOT_PENDING, CLOSED, INVALID_REASON, CASE_OPEN); nothing is
    changed then.
    """
    standing = Standing(order, by.at)
    check_cancel(standing)
    terms = standing.terms
    if reason not in terms.cancel_reasons:
        raise Refusal(Code.INVALID_REASON, reasons=", ".join(terms.cancel_reasons))
    limit, held = terms.cancel_approval_limit, balance.held(order)
    if by.customer is not None and limit is not None and held > limit:
        return aftersales.ask_to_cancel(order, held, reason=reason, by=by)
    aftersales.take_back(order, reason, by.at)
    return order


@order_write("change_address")
def change_address(
    order: Order, *, address: Mapping[str, str | Localized], by: By
) -> Order:
    """Send a pending order elsewhere; the customer's own address stays.

    The whole address is replaced, but for a recipient or phone that is not given.
    Raises `Refusal` (as `check_pending`, INVALID_ADDRESS).
    """
    check_pending(Standing(order, by.at))
    order.address = _replaced(order.address, address)
    order.save(update_fields=["address"])
    return order


@customer_write("change_default_address")
def change_default_address(
    customer: Customer, *, address: Mapping[str, str | Localized], by: By
) -> Customer:
    """Replace the address of the customer's profile; orders stay as they are."""
    customer.address = _replaced(customer.address, address)
    customer.save(update_fields=["address"])
    return customer


@order_write("change_payment")
def change_payment(order: Order, *, method: str, by: By) -> Order:
    """Pay a pending order with another method; the old one gets its money back.

    What a failed charge left unpaid is asked of the method given now. Raises
    `Refusal` (as `check_payment`, METHOD_NOT_FOUND, NOT_PAID, METHOD_CHANGED,
    SAME_METHOD, BALANCE_TOO_LOW: a gift card must hold the whole amount).
    """
    check_payment(Standing(order, by.at))
    new = money.method_of(order.customer, method)
    booked = order.payments.exclude(state=Payment.State.FAILED)
    paid = list(booked.select_related("method"))
    if lacks := lacking(order):
        money.charge(order, new, lacks, by.at)
        return order
    if not paid:
        raise Refusal(Code.NOT_PAID)
    if len(paid) > 1:
        raise Refusal(Code.METHOD_CHANGED)
    [old] = paid
    if old.method_id == new.pk:
        raise Refusal(Code.SAME_METHOD)
    money.charge(order, new, old.amount, by.at)
    money.give_back(order, old.method, old.amount, by.at)
    return order


@order_write("change_items")
def change_items(order: Order, *, swaps: Sequence[Swap], method: str, by: By) -> Order:
    """Change pieces of a pending order to other variants of the same product.

    The difference is charged to, or paid back to, the customer's method. Raises
    `Refusal` (as `quote_items`, METHOD_NOT_FOUND, BALANCE_TOO_LOW, NEEDS_APPROVAL,
    PAYMENT_UNDER_WAY).
    """
    seen = details.read(order)
    standing = Standing(seen, by.at)
    change = _quote_items(standing, swaps)
    chosen_method = money.method_of(order.customer, method)
    money.check_covers(chosen_method, change.difference)
    limit = standing.terms.approval_limit
    back = -change.difference
    if by.customer is not None and limit is not None and back > limit:
        raise Refusal(Code.NEEDS_APPROVAL)
    _move_stock(change.chosen)
    for chosen, variant in change.chosen:
        _rewrite(order, chosen, variant)
    if any(one.kind == Payment.Kind.PAYMENT for one in seen.payments.all()):
        money.settle(order, chosen_method, change.difference, by.at)
    order.discount = change.discount
    order.items_changed_at = by.at
    order.save(update_fields=["discount", "items_changed_at"])
    return order


def quote_items(order: Order, swaps: Sequence[Swap], *, now: datetime) -> ItemChange:
    """Say what changing these pieces would cost.

    Raises `Refusal` (as `check_pending`, NO_ITEMS, LINE_NOT_IN_ORDER, TOO_MANY_PIECES,
    NEW_ITEM_UNKNOWN, OTHER_PRODUCT, SOLD_OUT, SAME_VARIANT).
    """
    return _quote_items(Standing(order, now), swaps)


def _quote_items(standing: Standing, swaps: Sequence[Swap]) -> ItemChange:
    check_pending(standing)
    order, allowed = standing.order, standing.terms.same_variant_change
    chosen = swap(pieces.ordered(order), swaps, same_variant=allowed)
    before = order.goods
    after = before + price_difference(chosen)
    discount = min(order.discount, after)
    difference = (after - discount) - (before - order.discount)
    difference = money.payable(order, difference)
    return ItemChange(chosen=chosen, difference=difference, discount=discount)


@order_write("change_delivery")
def change_delivery(
    order: Order,
    *,
    method: str | None = None,
    on: date | None = None,
    note: str | None = None,
    pay_with: str | None = None,
    by: By,
) -> Order:
    """Change how, when or with which words a pending order is delivered.

    What is None stays. A dearer way is charged to `pay_with`, else to what the order
    was paid with. Raises `Refusal` (as `check_pending`, INVALID_DELIVERY,
    NOTHING_CHANGED, METHOD_NOT_FOUND, BALANCE_TOO_LOW, PAYMENT_UNDER_WAY).
    """
    standing = Standing(order, by.at)
    check_pending(standing)
    before = _delivery(order)
    if on is not None and on < by.at.date():
        raise Refusal(Code.INVALID_DELIVERY)
    if on is not None:
        order.deliver_on = on
    if note is not None:
        order.delivery_note = note[:300]
    if method is not None:
        _deliver_by(standing, method, pay_with)
    if _delivery(order) == before:
        raise Refusal(Code.NOTHING_CHANGED)
    order.save(
        update_fields=["deliver_on", "delivery_note", "delivery_method", "shipping_fee"]
    )
    return order


def _deliver_by(standing: Standing, method: str, pay_with: str | None) -> None:
    order, fees = standing.order, standing.terms.delivery_methods
    if method not in fees:
        raise Refusal(Code.INVALID_DELIVERY, offered=", ".join(fees))
    payer = money.method_of(order.customer, pay_with) if pay_with else None
    difference = fees[method] - order.shipping_fee
    if payer is None or difference < 0:
        payer = money.payer(order)
    if order.payments.filter(kind=Payment.Kind.PAYMENT).exists():
        money.settle(order, payer, money.payable(order, difference), standing.now)
    order.shipping_fee = fees[method]
    order.delivery_method = method


def _check_pending(standing: Standing, *, closed: bool) -> None:
    order = standing.order
    if order.status != Order.Status.PENDING:
        raise Refusal(Code.NOT_PENDING, status=order.status)
    if closed:
        raise Refusal(Code.CLOSED)
    # Staff are deciding whether to cancel it.
    waiting = (one for one in standing.cases if one.status == Case.Status.REQUESTED)
    if any(case.cancels_order for case in waiting):
        raise Refusal(Code.CASE_OPEN)


def _is_closed(standing: Standing) -> bool:
    changed = standing.order.items_changed_at is not None
    return changed and standing.terms.item_change_closes_order


def _delivery(order: Order) -> tuple[str, date | None, str, Decimal]:
    return (
        order.delivery_method,
        order.deliver_on,
        order.delivery_note,
        order.shipping_fee,
    )


def _replaced(
    old: Mapping[str, str | Localized], new: Mapping[str, str | Localized]
) -> dict[str, str | Localized]:
    for name in REQUIRED:
        if not str(new.get(name) or "").strip():
            raise Refusal(Code.INVALID_ADDRESS, missing=name)
    kept = {name: old[name] for name in ("recipient", "phone") if name in old}
    return kept | dict(new)


def _move_stock(chosen: Sequence[tuple[Pieces, Variant]]) -> None:
    changes: Counter[int] = Counter()
    for piece, variant in chosen:
        changes[piece.line.variant_id] += piece.quantity
        changes[variant.pk] -= piece.quantity
    stock.move(changes)


def _rewrite(order: Order, piece: Pieces, variant: Variant) -> None:
    """Give these pieces their new variant; the rest of their line stays."""
    line = OrderLine.objects.get(pk=piece.line.pk)
    if line.quantity == piece.quantity:
        line.variant, line.unit_price = variant, variant.price
        line.save(update_fields=["variant", "unit_price"])
        return
    line.quantity -= piece.quantity
    line.save(update_fields=["quantity"])
    OrderLine.objects.create(
        order=order,
        product=line.product,
        variant=variant,
        quantity=piece.quantity,
        unit_price=variant.price,
    )
