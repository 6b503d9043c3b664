"""What a case would bring: may it be opened, and for how much."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from orders import balance, money, pieces, policy
from orders.models import Case, Order, Payment, PaymentMethod, Variant
from orders.pieces import Pieces, Swap
from orders.refusal import Code, Refusal
from orders.standing import Standing
from orders.swapping import swap

Kind, Status, Ground = Case.Kind, Case.Status, Case.Ground

# Money back without the goods coming back.
REFUND_GROUNDS = frozenset({Ground.LOST, Ground.DAMAGED, Ground.WRONG_ITEM})


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What the shopper sees before agreeing, and the case keeps.

    `amount` is paid back, after `fee` was taken off; `difference` is what an exchange
    costs more (below 0: less). `deadline` is until when it may be asked for.
    """

    amount: Decimal
    method: PaymentMethod | None
    deadline: datetime | None
    fee: Decimal = Decimal("0.00")
    difference: Decimal | None = None


def check(
    standing: Standing, kind: Case.Kind, *, lost: bool = False
) -> datetime | None:
    """Return the deadline of such a case; raise `Refusal` where none can be opened.

    Goods that are `lost` need not be delivered, only sent.
    """
    order = standing.order
    if lost:
        if order.status not in {Order.Status.SHIPPED, Order.Status.DELIVERED}:
            raise Refusal(Code.NOT_SENT, status=order.status)
    elif order.status != Order.Status.DELIVERED:
        raise Refusal(Code.NOT_DELIVERED, status=order.status)
    days = standing.first_terms.days(kind)
    deadline = policy.deadline(order, kind, standing.book)
    if not lost and days is not None and deadline is None:
        # Delivered, but nobody knows when.
        raise Refusal(Code.NOT_DELIVERED, status=order.status)
    if deadline is not None and standing.now > deadline:
        raise Refusal(Code.WINDOW_PASSED, deadline=deadline.isoformat(), days=days or 0)
    one_case = standing.terms.one_case_an_order
    if (one_case and standing.cases) or standing.is_taken:
        raise Refusal(Code.CASE_OPEN)
    return deadline


def choose(order: Order, counts: Mapping[str, int]) -> list[Pieces]:
    """Take so many pieces of each SKU, from what is in no case.

    Raises `Refusal` (NO_ITEMS, LINE_NOT_IN_ORDER, TOO_MANY_PIECES, CASE_OPEN).
    """
    pieces.take(pieces.ordered(order), counts)
    try:
        return pieces.take(pieces.free(order), counts)
    except Refusal as refusal:
        raise Refusal(Code.CASE_OPEN) from refusal


def quote_return(
    order: Order,
    counts: Mapping[str, int],
    *,
    now: datetime,
    method: str | None = None,
    ground: Case.Ground = Ground.CHANGED_MIND,
) -> Quote:
    """Say what returning these pieces would bring.

    Money goes to what the order was paid with, or to the customer's own gift card.
    Raises `Refusal` (as `check` and `choose`, METHOD_NOT_FOUND, METHOD_NOT_ALLOWED).
    """
    standing = Standing(order, now)
    deadline = check(standing, Kind.RETURN)
    payee = _payee(order, method)
    chosen = choose(order, counts)
    amount = _paid_back(order, chosen, ground)
    fee = min(standing.first_terms.return_fee(ground), amount)
    return Quote(amount=amount - fee, method=payee, deadline=deadline, fee=fee)


def quote_refund(
    order: Order,
    counts: Mapping[str, int],
    *,
    ground: Case.Ground,
    now: datetime,
    method: str | None = None,
) -> Quote:
    """Say what a refund without a return would bring; raises as `quote_return`."""
    if ground not in REFUND_GROUNDS:
        raise Refusal(Code.INVALID_GROUND)
    lost = ground == Ground.LOST
    deadline = check(Standing(order, now), Kind.REFUND, lost=lost)
    payee = _payee(order, method)
    chosen = choose(order, counts)
    amount = _paid_back(order, chosen, ground)
    return Quote(amount=amount, method=payee, deadline=deadline)


def quote_exchange(
    order: Order, swaps: Sequence[Swap], *, method: str | None = None, now: datetime
) -> Quote:
    """Say what exchanging these pieces would cost; nothing moves at the request.

    Raises `Refusal` (as `check` and `swap`, METHOD_NOT_FOUND, BALANCE_TOO_LOW).
    """
    standing = Standing(order, now)
    deadline = check(standing, Kind.EXCHANGE)
    changed = exchanged(standing, swaps)
    # Not more goes back than was paid for the pieces, and is there.
    paid = pieces.paid_for(order, [piece for piece, _variant in changed])
    back = min(sum(paid.values(), Decimal("0.00")), _left(order))
    difference = max(_difference(order, _others(changed)), -back)
    payer = money.method_of(order.customer, method) if method else money.payer(order)
    if payer is not None:
        money.check_covers(payer, difference)
    return Quote(
        amount=max(-difference, Decimal("0.00")),
        method=payer,
        deadline=deadline,
        difference=difference,
    )


def exchanged(
    standing: Standing, swaps: Sequence[Swap]
) -> list[tuple[Pieces, Variant]]:
    """The pieces that are in no case, with what they become; raises as `swap`."""
    order, same = standing.order, standing.terms.same_variant_exchange
    choose(order, _counts(swaps))
    return swap(pieces.free(order), swaps, same_variant=same)


def _difference(order: Order, changed: Sequence[tuple[Pieces, Variant]]) -> Decimal:
    """What the new pieces cost more than the old ones did, discount included."""
    news = sum(
        (variant.price * piece.quantity for piece, variant in changed),
        Decimal("0.00"),
    )
    return news - pieces.cost_of(order, [piece for piece, _variant in changed])


def _others(
    changed: Sequence[tuple[Pieces, Variant]],
) -> list[tuple[Pieces, Variant]]:
    """Without pieces that stay what they are: a working one for a broken one is even.

    Whatever the variant costs today.
    """
    return [(p, variant) for p, variant in changed if p.line.variant_id != variant.pk]


def _counts(swaps: Sequence[Swap]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for one in swaps:
        counts[one.sku] += one.quantity
    return dict(counts)


def _payee(order: Order, ref: str | None) -> PaymentMethod | None:
    """Where money may go back to."""
    if ref is None:
        return money.payer(order)
    method = money.method_of(order.customer, ref)
    payments = (p for p in order.payments.all() if p.state != Payment.State.FAILED)
    paid = any(
        (one.kind, one.method_id) == (Payment.Kind.PAYMENT, method.pk)
        for one in payments
    )
    if method.kind != PaymentMethod.Kind.GIFT_CARD and not paid:
        raise Refusal(Code.METHOD_NOT_ALLOWED)
    return method


def _paid_back(order: Order, chosen: Sequence[Pieces], ground: Case.Ground) -> Decimal:
    """What was paid for these pieces, and never more than is left of the order.

    The shipping fee too goes back where nothing is left and the shop is to blame.
    """
    amount = sum(pieces.paid_for(order, chosen).values(), Decimal("0.00"))
    if ground in policy.SHOPS_FAULT and _is_all(order, chosen):
        amount += _shipping_left(order)
    return min(amount, _left(order))


def _left(order: Order) -> Decimal:
    """What is held of the order and promised to nobody."""
    return max(balance.held(order) - balance.promised(order), Decimal("0.00"))


def _shipping_left(order: Order) -> Decimal:
    """What no case has paid back of the shipping fee, or will."""
    live = order.cases.exclude(status=Status.REJECTED).filter(cancels_order=False)
    back = Decimal("0.00")
    for case in live.exclude(refund_amount=None).prefetch_related("lines"):
        known = [line.paid for line in case.lines.all() if line.paid is not None]
        goods = sum(known, Decimal("0.00"))
        if known and case.refund_amount is not None:
            back += max(case.refund_amount + case.fee - goods, Decimal("0.00"))
    return max(order.shipping_fee - back, Decimal("0.00"))


def _is_all(order: Order, chosen: Sequence[Pieces]) -> bool:
    taken = sum(pieces.taken_counts(order).values())
    whole = sum(piece.quantity for piece in pieces.ordered(order))
    return taken + sum(piece.quantity for piece in chosen) == whole
