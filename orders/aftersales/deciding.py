"""The life of a case, until its money has moved.

    requested ─▶ approved ─▶ received ─▶ completed
        └───────────┴───────────┴──────▶ rejected

Nothing has to be received for a refund without a return, or where approving cancels
the order: these are completed by being approved.
"""

from collections import Counter
from datetime import datetime
from decimal import Decimal

from orders import balance, money, policy, stock
from orders.acting import By
from orders.models import Case, Evidence, Order, OrderLine, PaymentMethod
from orders.refusal import Code, Refusal
from orders.writing import case_write

Kind, Status, Ground = Case.Kind, Case.Status, Case.Ground

# What each status may become; what is not here has come to its end.
MOVES = {
    Status.REQUESTED: (Status.APPROVED, Status.REJECTED, Status.COMPLETED),
    Status.APPROVED: (Status.RECEIVED, Status.REJECTED),
    Status.RECEIVED: (Status.COMPLETED, Status.REJECTED),
}

EVIDENCE_TYPES = frozenset(
    {"image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"}
)
EVIDENCE_SIZE = 5 * 1024 * 1024


@case_write("approve_case")
def approve(case: Case, *, by: By) -> Case:
    """Staff agree; a refund without a return is paid at once."""
    _staff_only(by)
    _move_on(case, Status.APPROVED, by.at)
    return case


@case_write("reject_case")
def reject(case: Case, *, decision: str, by: By) -> Case:
    """Staff refuse, with a sentence for the shopper; its pieces are free again."""
    _staff_only(by)
    return _reject(case, decision, by.at)


@case_write("withdraw_case")
def withdraw(case: Case, *, by: By) -> Case:
    """The shopper takes a case back before anything came of it."""
    if case.status not in {Status.REQUESTED, Status.APPROVED}:
        raise Refusal(Code.CASE_STATUS, status=str(case.get_status_display()))
    return _reject(case, "", by.at)


@case_write("receive_case")
def receive(case: Case, *, by: By) -> Case:
    """The goods have come back."""
    _staff_only(by)
    _allow(case, Status.RECEIVED)
    case.status, case.received_at = Status.RECEIVED, by.at
    case.save(update_fields=["status", "received_at"])
    return case


@case_write("complete_case")
def complete(case: Case, *, by: By) -> Case:
    """Carry out what was agreed: the money moves."""
    _staff_only(by)
    _complete(case, by.at)
    return case


@case_write("attach_evidence")
def attach(case: Case, *, name: str, content_type: str, content: bytes, by: By) -> Case:
    """Add a photo or document to an open case; may be what its approval waits for."""
    if not case.is_open:
        raise Refusal(Code.CASE_STATUS, status=str(case.get_status_display()))
    if content_type not in EVIDENCE_TYPES or not 0 < len(content) <= EVIDENCE_SIZE:
        raise Refusal(Code.EVIDENCE_NOT_ALLOWED)
    Evidence.objects.create(
        case=case,
        name=name[:200],
        content_type=content_type,
        content=content,
        added_at=by.at,
    )
    approve_alone(case, by.at)
    return case


def possible_moves(case: Case) -> tuple[str, ...]:
    """The tools of staff that may move the case on from where it is."""
    at_once = case.kind == Kind.REFUND
    return {
        Status.REQUESTED: ("approve_case", "reject_case"),
        Status.APPROVED: ("reject_case",)
        if at_once
        else ("receive_case", "reject_case"),
        Status.RECEIVED: ("complete_case", "reject_case"),
    }.get(Status(case.status), ())


def take_back(order: Order, reason: str, at: datetime) -> None:
    """Cancel a locked order: money to where it came from, pieces to stock."""
    money.give_all_back(order, at)
    changes: Counter[int] = Counter()
    for line in OrderLine.objects.filter(order=order):
        changes[line.variant_id] += line.quantity
    stock.move(changes)
    order.status, order.cancelled_at = Order.Status.CANCELLED, at
    order.cancel_reason = reason[:64]
    order.save(update_fields=["status", "cancelled_at", "cancel_reason"])


def approve_alone(case: Case, at: datetime) -> None:
    """Approve what the terms let through without a person."""
    terms = policy.in_force(at)
    if case.status != Status.REQUESTED or case.cancels_order:
        return
    # Nobody can photograph what did not come: staff ask the carrier first.
    if terms.approval_limit is None or case.ground == Ground.LOST:
        return
    lacks_evidence = (
        case.ground in terms.evidence_grounds and not case.evidence.exists()
    )
    if _at_stake(case.order) <= terms.approval_limit and not lacks_evidence:
        _move_on(case, Status.APPROVED, at)


def _at_stake(order: Order) -> Decimal:
    """What its cases move together: a limit is not passed by in small steps."""
    live = order.cases.exclude(status=Status.REJECTED).exclude(cancels_order=True)
    amounts = (
        max(one.refund_amount or Decimal(), abs(one.difference or Decimal()))
        for one in live
    )
    return sum(amounts, Decimal())


def _move_on(case: Case, status: Case.Status, at: datetime) -> None:
    _allow(case, status)
    case.status, case.decided_at = status, at
    case.save(update_fields=["status", "decided_at"])
    if case.kind == Kind.REFUND:
        _pay_out(case, at)


def _complete(case: Case, at: datetime) -> None:
    if case.status != Status.RECEIVED:
        raise Refusal(Code.CASE_STATUS, status=str(case.get_status_display()))
    _pay_out(case, at)


def _pay_out(case: Case, at: datetime) -> None:
    order = case.order
    if case.cancels_order:
        if order.status != Order.Status.PENDING:
            raise Refusal(Code.NOT_PENDING, status=order.status)
        take_back(order, case.reason, at)
    elif case.difference is not None:
        # What went back since the quote cannot go back again.
        difference = max(case.difference, -balance.held(order))
        money.settle(order, case.refund_method, difference, at, case=case)
    elif case.refund_amount:
        _refund(case, at)
    case.status, case.completed_at = Status.COMPLETED, at
    case.save(update_fields=["status", "completed_at"])


def _refund(case: Case, at: datetime) -> None:
    """Pay back to the agreed method; beyond what a method paid, to the others."""
    order, method = case.order, case.refund_method
    left = min(case.refund_amount or Decimal(), balance.held(order))
    if method is None or method.kind == PaymentMethod.Kind.GIFT_CARD:
        if left > 0:
            money.give_back(order, method, left, at, case=case)
        return
    holds = balance.holds(order)
    for pk in sorted(holds, key=lambda pk: pk != method.pk):
        amount = min(holds[pk], left)
        if amount > 0:
            payee = None if pk is None else PaymentMethod.objects.get(pk=pk)
            money.give_back(order, payee, amount, at, case=case)
            left -= amount


def _reject(case: Case, decision: str, at: datetime) -> Case:
    _allow(case, Status.REJECTED)
    if case.replacement_skus:
        kept = stock.find(set(case.replacement_skus))
        back = Counter(kept[sku].pk for sku in case.replacement_skus if sku in kept)
        stock.move(back)
    case.status, case.decided_at, case.decision = Status.REJECTED, at, decision[:500]
    case.save(update_fields=["status", "decided_at", "decision"])
    return case


def _allow(case: Case, status: Case.Status) -> None:
    if status not in MOVES.get(Status(case.status), ()):
        raise Refusal(Code.CASE_STATUS, status=str(case.get_status_display()))


def _staff_only(by: By) -> None:
    if by.customer is not None:
        raise Refusal(Code.NOT_ALLOWED)
