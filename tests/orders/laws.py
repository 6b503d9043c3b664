"""What must be true of a shop's money and pieces, whatever was done to it."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from orders import balance
from orders.models import Case, CaseLine, Order, Payment, PaymentMethod, Variant

ORDER_MOVES = {("pending", "cancelled")}
CASE_MOVES = {
    ("requested", "approved"),
    ("requested", "rejected"),
    ("requested", "completed"),
    ("approved", "received"),
    ("approved", "rejected"),
    ("received", "completed"),
    ("received", "rejected"),
}
CASE_STARTS = {"requested", "approved", "completed"}
Snapshot = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What no write may change: each gift card with its payments, and all pieces."""

    gift_cards: dict[int, Decimal]
    pieces: int

    @classmethod
    def now(cls) -> "Ledger":
        cards = PaymentMethod.objects.exclude(balance=None).prefetch_related("payments")
        return cls(
            gift_cards={
                card.pk: (card.balance or Decimal()) + net(card.payments.all())
                for card in cards
            },
            pieces=pieces(),
        )


def net(payments: Any) -> Decimal:
    """Payments less refunds, what failed left aside."""
    signs = {Payment.Kind.PAYMENT: 1, Payment.Kind.REFUND: -1}
    moved = (one for one in payments if one.state != Payment.State.FAILED)
    return sum((signs[one.kind] * one.amount for one in moved), Decimal())


def failed(payments: Any, kind: str) -> Decimal:
    """What was to be moved and was not."""
    found = (one for one in payments if (one.kind, one.state) == (kind, "failed"))
    return sum((one.amount for one in found), Decimal())


def under_way(payments: Any) -> Decimal:
    """Charges of which nobody knows yet whether they work."""
    due = (one for one in payments if (one.kind, one.state) == ("payment", "due"))
    return sum((one.amount for one in due), Decimal())


def came_in(payments: Any) -> Decimal:
    """What is here: payments and refunds that were carried out."""
    return net(one for one in payments if one.state == Payment.State.SETTLED)


def pieces() -> int:
    """In stock, in orders that stand, and kept or given for exchanges."""
    stock = sum(Variant.objects.values_list("stock", flat=True))
    standing = Order.objects.exclude(status="cancelled").prefetch_related("lines")
    ordered = sum(line.quantity for order in standing for line in order.lines.all())
    exchanges = Case.objects.exclude(status="rejected")
    return stock + ordered + sum(len(case.replacement_skus) for case in exchanges)


def check(ledger: Ledger) -> None:
    """Raise where any law is broken; that nothing is below 0, the database sees to."""
    assert Ledger.now() == ledger
    for order in Order.objects.prefetch_related("lines", "payments", "cases__lines"):
        check_money(order)
        check_pieces(order)


def check_money(order: Order) -> None:
    payments = list(order.payments.all())
    held = net(payments)
    of_cases = net(one for one in payments if one.case_id)
    assert held >= 0
    assert came_in(payments) >= 0
    if order.status == Order.Status.CANCELLED:
        # What still comes in goes back then; what staff could not give back stays.
        assert held - under_way(payments) <= failed(payments, "refund")
        return
    short = order.total + of_cases - held
    assert -failed(payments, "refund") <= short <= failed(payments, "payment")
    assert balance.lacking(order) <= max(short, Decimal())
    for case in order.cases.all():
        check_case(case, [one for one in payments if one.case_id == case.pk])


def check_case(case: Case, payments: list[Payment]) -> None:
    """Money moves when a case is completed: what was agreed, and only once."""
    agreed = case.difference if case.refund_amount is None else -case.refund_amount
    completed = case.status == Case.Status.COMPLETED and not case.cancels_order
    if any(one.state == Payment.State.FAILED for one in payments):
        return
    assert net(payments) == (agreed or Decimal() if completed else Decimal())


def check_pieces(order: Order) -> None:
    """No piece is in two cases; all that went back brought all that was paid."""
    taken: Counter[int] = Counter()
    live = [case for case in order.cases.all() if is_live(case)]
    rows = [row for case in live for row in case.lines.all()]
    for row in rows:
        taken[row.line_id] += row.quantity
    for line in order.lines.all():
        assert taken[line.pk] <= line.quantity
    for_money = {Case.Kind.RETURN, Case.Kind.REFUND}
    whole = {line.pk: line.quantity for line in order.lines.all()}
    if any(one.state == Payment.State.FAILED for one in order.payments.all()):
        return
    if taken == whole and all(case.kind in for_money for case in live):
        check_all_came_back(order, live, rows)


def check_all_came_back(order: Order, live: list[Case], rows: list[CaseLine]) -> None:
    paid = order.goods - order.discount
    assert sum(row.paid or Decimal() for row in rows) == paid
    back = sum((case.refund_amount or Decimal()) + case.fee for case in live)
    assert back in {paid, paid + order.shipping_fee}


def is_live(case: Case) -> bool:
    """Whether its pieces are in no other case."""
    repaired = case.kind == Case.Kind.REPAIR and case.status == "completed"
    return not (case.cancels_order or case.status == "rejected" or repaired)


def check_moves(before: Snapshot, after: Snapshot) -> None:
    """Statuses only move along their graph."""
    old = {row["id"]: row["status"] for row in before["Order"]}
    for row in after["Order"]:
        move = (old[row["id"]], row["status"])
        assert move[0] == move[1] or move in ORDER_MOVES
    old = {row["id"]: row["status"] for row in before["Case"]}
    for row in after["Case"]:
        if row["id"] not in old:
            assert row["status"] in CASE_STARTS
            continue
        move = (old[row["id"]], row["status"])
        assert move[0] == move[1] or move in CASE_MOVES
