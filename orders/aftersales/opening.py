"""The opening of a case; each is one write."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from orders import details, money, pieces, stock
from orders.acting import By
from orders.aftersales.deciding import approve_alone
from orders.aftersales.quoting import (
    Quote,
    check,
    choose,
    exchanged,
    quote_exchange,
    quote_refund,
    quote_return,
)
from orders.models import Case, CaseLine, Order
from orders.pieces import Pieces, Swap
from orders.standing import Standing
from orders.writing import order_write

Kind, Ground = Case.Kind, Case.Ground


@order_write("open_return")
def open_return(
    order: Order,
    *,
    items: Mapping[str, int],
    reason: str = "",
    ground: Case.Ground = Ground.CHANGED_MIND,
    method: str | None = None,
    by: By,
) -> Case:
    """Open a return of so many pieces of each SKU; raises `Refusal` as its quote."""
    seen = details.read(order)
    quote = quote_return(seen, items, now=by.at, method=method, ground=ground)
    chosen = choose(seen, items)
    return _open(order, Kind.RETURN, chosen, quote, reason, ground, by)


@order_write("open_refund")
def open_refund(
    order: Order,
    *,
    items: Mapping[str, int],
    ground: Case.Ground,
    reason: str = "",
    method: str | None = None,
    by: By,
) -> Case:
    """Ask for money back for goods that are lost, damaged or wrong; as its quote."""
    seen = details.read(order)
    quote = quote_refund(seen, items, ground=ground, now=by.at, method=method)
    chosen = choose(seen, items)
    return _open(order, Kind.REFUND, chosen, quote, reason, ground, by)


@order_write("open_repair")
def open_repair(
    order: Order, *, items: Mapping[str, int], reason: str = "", by: By
) -> Case:
    """Open a repair under warranty; raises `Refusal` as `check` and `choose`."""
    seen = details.read(order)
    deadline = check(Standing(seen, by.at), Kind.REPAIR)
    quote = Quote(amount=Decimal("0.00"), method=None, deadline=deadline)
    chosen = choose(seen, items)
    return _open(order, Kind.REPAIR, chosen, quote, reason, Ground.DEFECTIVE, by)


@order_write("open_exchange")
def open_exchange(
    order: Order,
    *,
    swaps: Sequence[Swap],
    reason: str = "",
    ground: Case.Ground = Ground.CHANGED_MIND,
    method: str | None = None,
    by: By,
) -> Case:
    """Open an exchange; the new pieces are kept for it. Raises as its quote."""
    seen = details.read(order)
    quote = quote_exchange(seen, swaps, method=method, now=by.at)
    chosen = exchanged(Standing(seen, by.at), swaps)
    news: Counter[int] = Counter()
    for piece, variant in chosen:
        news[variant.pk] -= piece.quantity
    stock.move(news)
    skus = [variant.sku for piece, variant in chosen for _ in range(piece.quantity)]
    merged: Counter[int] = Counter()
    for piece, _variant in chosen:
        merged[piece.line.pk] += piece.quantity
    lines = {piece.line.pk: piece.line for piece, _variant in chosen}
    taken = [Pieces(line=lines[pk], quantity=count) for pk, count in merged.items()]
    return _open(order, Kind.EXCHANGE, taken, quote, reason, ground, by, skus)


def ask_to_cancel(order: Order, amount: Decimal, *, reason: str, by: By) -> Case:
    """Open a case that staff decide on: approving it cancels the order."""
    return Case.objects.create(
        ref=_new_ref(),
        kind=Kind.REFUND,
        order=order,
        reason=reason,
        ground=Ground.CHANGED_MIND,
        opened_at=by.at,
        refund_amount=amount,
        refund_method=money.payer(order),
        cancels_order=True,
    )


def _open(
    order: Order,
    kind: Case.Kind,
    chosen: Sequence[Pieces],
    quote: Quote,
    reason: str,
    ground: Case.Ground,
    by: By,
    replacements: Sequence[str] = (),
) -> Case:
    paid = pieces.paid_for(details.read(order), chosen)
    case = Case.objects.create(
        ref=_new_ref(),
        kind=kind,
        order=order,
        reason=reason[:500],
        ground=ground,
        opened_at=by.at,
        refund_amount=None if kind in {Kind.REPAIR, Kind.EXCHANGE} else quote.amount,
        refund_method=quote.method,
        fee=quote.fee,
        difference=quote.difference,
        deadline=quote.deadline,
        replacement_skus=list(replacements),
    )
    CaseLine.objects.bulk_create(
        CaseLine(
            case=case,
            line=one.line,
            quantity=one.quantity,
            paid=paid[one.line.pk],
        )
        for one in chosen
    )
    approve_alone(case, by.at)
    return case


def _new_ref() -> str:
    # Without letters and digits that are mistaken for one another on the phone.
    alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    return "R" + "".join(secrets.choice(alphabet) for _ in range(8))
