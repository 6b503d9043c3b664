"""The lines, payments and shipments of orders: rewritten only where they differ."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from orders.importing.parse.orders import (
    LineRow,
    OrderRow,
    PaymentRow,
    ShipmentRow,
)
from orders.importing.store.inserts import New
from orders.importing.store.known import KnownCustomer, KnownVariant
from orders.importing.store.writes import Writes, said
from orders.models import Order, OrderLine, Payment, Shipment, ShipmentEvent

_SHIPMENT = (
    "carrier",
    "tracking_number",
    "skus",
    "estimated_delivery",
    "localized",
)
_EVENT = ("at", "place", "status", "text")


class Pieces:
    def __init__(
        self, variants: Mapping[str, KnownVariant], held: AbstractSet[int]
    ) -> None:
        self._variants = variants
        # Lines that cases point at: they stay even where the shop lists them no more.
        self._held = held
        self._lines = Writes(OrderLine.objects.all(), ("quantity", "unit_price"))
        self._payments = Writes(Payment.objects.all(), ("state",))
        self._shipments = Writes(Shipment.objects.all())
        self._events = Writes(ShipmentEvent.objects.all())

    def add(self, order: New, row: OrderRow, customer: KnownCustomer) -> None:
        for line in row.lines:
            self._add_line(order, line)
        for payment in row.payments:
            self._add_payment(order, payment, customer)
        self._add_shipments(order, row)

    def revise(self, order: Order, row: OrderRow, customer: KnownCustomer) -> bool:
        changed = self._revise_lines(order, row)
        changed |= self._revise_payments(order, row, customer)
        changed |= self._revise_shipments(order, row)
        return changed

    def flush(self) -> None:
        # Parents first: a shipment has no key before it is written.
        self._lines.flush()
        self._payments.flush()
        self._shipments.flush()
        self._events.flush()

    def _add_line(self, order: Order | New, row: LineRow) -> None:
        variant = self._variants[row.sku]
        self._lines.add(
            order=order,
            product_id=variant.product_id,
            variant_id=variant.id,
            quantity=row.quantity,
            unit_price=row.unit_price,
        )

    def _revise_lines(self, order: Order, row: OrderRow) -> bool:
        left = list(order.lines.all())
        unmatched = [line for line in row.lines if not self._take_same(left, line)]
        for line in unmatched:
            self._revise_line(order, left, line)
        gone = [line for line in left if line.pk not in self._held]
        for stored in gone:
            self._lines.remove(stored)
        return bool(unmatched or gone)

    def _take_same(self, left: list[OrderLine], row: LineRow) -> bool:
        wanted = (self._variants[row.sku].id, row.quantity, row.unit_price)
        for stored in left:
            if (stored.variant_id, stored.quantity, stored.unit_price) == wanted:
                left.remove(stored)
                return True
        return False

    def _revise_line(self, order: Order, left: list[OrderLine], row: LineRow) -> None:
        """Change a line of the same SKU, so that cases keep pointing at it."""
        variant = self._variants[row.sku].id
        for stored in left:
            if stored.variant_id == variant:
                left.remove(stored)
                values = {"quantity": row.quantity, "unit_price": row.unit_price}
                self._lines.revise(stored, values)
                return
        self._add_line(order, row)

    def _add_payment(
        self, order: Order | New, row: PaymentRow, customer: KnownCustomer
    ) -> None:
        self._payments.add(
            order=order,
            kind=row.kind,
            method_id=customer.methods.get(row.method),
            amount=row.amount,
            at=row.at,
            **said(row, ("state",)),
        )

    def _revise_payments(
        self, order: Order, row: OrderRow, customer: KnownCustomer
    ) -> bool:
        """Replace what differs; the others keep pointing at the cases they settle.

        What was booked here stays, though the shop does not know of it yet.
        """
        left = list(order.payments.all())
        changed, unknown = False, []
        for payment in row.payments:
            method = customer.methods.get(payment.method)
            wanted = (payment.kind, method, payment.amount, payment.at)
            same = [p for p in left if (p.kind, p.method_id, p.amount, p.at) == wanted]
            if not same:
                unknown.append(payment)
                continue
            left.remove(same[0])
            if not same[0].booked_here:
                changed |= self._payments.revise(same[0], said(payment, ("state",)))
        new = [p for p in unknown if not _take_booked(left, p, customer)]
        for payment in new:
            self._add_payment(order, payment, customer)
        gone = [payment for payment in left if not payment.booked_here]
        for stored in gone:
            self._payments.remove(stored)
        return changed or bool(new or gone)

    def _add_shipments(self, order: Order | New, row: OrderRow) -> None:
        for shipment in row.shipments:
            parcel = self._shipments.add(order=order, **_values(shipment, _SHIPMENT))
            for event in shipment.events:
                self._events.add(shipment=parcel, **_values(event, _EVENT))

    def _revise_shipments(self, order: Order, row: OrderRow) -> bool:
        stored = order.shipments.all()
        before = [_content(parcel, parcel.events.all()) for parcel in stored]
        after = [_content(parcel, parcel.events) for parcel in row.shipments]
        if before == after:
            return False
        for parcel in stored:
            self._shipments.remove(parcel)
        self._add_shipments(order, row)
        return True


def _take_booked(left: list[Payment], row: PaymentRow, customer: KnownCustomer) -> bool:
    """Take what was booked here out of `left`; the shop's clock may be another."""
    wanted = (row.kind, customer.methods.get(row.method), row.amount)
    for stored in left:
        is_same = (stored.kind, stored.method_id, stored.amount) == wanted
        if stored.booked_here and is_same:
            left.remove(stored)
            return True
    return False


def _values(source: object, names: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(source, name) for name in names}


def _content(parcel: Shipment | ShipmentRow, events: object) -> object:
    return (
        _values(parcel, _SHIPMENT),
        [_values(event, _EVENT) for event in events],  # type: ignore[attr-defined]
    )
