"""The shop's terms, from dated rows; what answers and actions both read.

Windows and return shipping follow the terms of the day the order was placed; reasons,
limits and what a change does follow the terms of today.

A discount of the whole order is shared by its pieces as their prices are, to the cent: a
piece that is returned brings what was paid for it, and one that is exchanged counts for
what it cost; the new one costs its price of today. Before packing, a change of items
keeps the discount of the order as it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from orders.models import Case, Order, PolicyTerms

# Whatever was agreed, goods that are not what was sold go back at the shop's cost.
SHOPS_FAULT = frozenset(
    {
        Case.Ground.DEFECTIVE,
        Case.Ground.DAMAGED,
        Case.Ground.WRONG_ITEM,
        Case.Ground.LOST,
        Case.Ground.NOT_AS_DESCRIBED,
    }
)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Windows in days after delivery; None has no end.

    Where `approval_limit` is None staff approve every case; a `cancel_approval_limit`
    of None lets any order be cancelled.
    """

    return_days: int | None
    exchange_days: int | None
    warranty_days: int | None
    return_shipping_payer: str
    return_shipping_fee: Decimal
    cancel_reasons: tuple[str, ...]
    approval_limit: Decimal | None
    cancel_approval_limit: Decimal | None
    evidence_grounds: frozenset[str]
    item_change_closes_order: bool
    same_variant_change: bool
    same_variant_exchange: bool
    one_case_an_order: bool
    # The fee of each way of delivery.
    delivery_methods: dict[str, Decimal]

    def days(self, kind: Case.Kind) -> int | None:
        return {
            Case.Kind.RETURN: self.return_days,
            Case.Kind.REFUND: self.return_days,
            Case.Kind.EXCHANGE: self.exchange_days,
            Case.Kind.REPAIR: self.warranty_days,
        }[kind]

    def return_fee(self, ground: Case.Ground) -> Decimal:
        """What is kept back from a refund for the way back."""
        at_shops_cost = self.return_shipping_payer == PolicyTerms.Payer.SHOP
        if ground in SHOPS_FAULT or at_shops_cost:
            return Decimal("0.00")
        return self.return_shipping_fee


@dataclass(frozen=True, kw_only=True)
class Book:
    """All terms that the shop has had, the newest first."""

    rows: tuple[PolicyTerms, ...]

    def at(self, moment: datetime) -> Terms:
        """The newest that hold at that moment; the defaults where none do yet."""
        begun = (row for row in self.rows if row.valid_from <= moment)
        return _terms(next(begun, None) or PolicyTerms())


def book() -> Book:
    """Read all terms at once, for whoever needs those of several days."""
    return Book(rows=tuple(PolicyTerms.objects.all()))


def in_force(at: datetime) -> Terms:
    """The newest terms that hold at `at`; the defaults where none do yet."""
    return book().at(at)


def deadline(order: Order, kind: Case.Kind, book: Book) -> datetime | None:
    """The last moment such a case may be opened, by the terms the order had.

    None where there is no end, or nothing was delivered yet.
    """
    days = book.at(order.placed_at).days(kind)
    if order.delivered_at is None or days is None:
        return None
    return order.delivered_at + timedelta(days=days)


def _terms(row: PolicyTerms) -> Terms:
    return Terms(
        return_days=row.return_days,
        exchange_days=row.exchange_days,
        warranty_days=row.warranty_days,
        return_shipping_payer=row.return_shipping_payer,
        return_shipping_fee=row.return_shipping_fee,
        cancel_reasons=tuple(row.cancel_reasons),
        approval_limit=row.approval_limit,
        cancel_approval_limit=row.cancel_approval_limit,
        evidence_grounds=frozenset(row.evidence_grounds),
        item_change_closes_order=row.item_change_closes_order,
        same_variant_change=row.same_variant_change,
        same_variant_exchange=row.same_variant_exchange,
        one_case_an_order=row.one_case_an_order,
        delivery_methods={
            name: Decimal(fee) for name, fee in row.delivery_methods.items()
        },
    )
