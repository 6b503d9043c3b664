"""Stores orders with their lines, payments and shipments."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from orders.importing.errors import LineError
from orders.importing.parse.orders import OrderRow
from orders.importing.store import news
from orders.importing.store.known import (
    Known,
    KnownCustomer,
    KnownLine,
    KnownOrder,
    KnownPayment,
    among,
)
from orders.importing.store.pieces import Pieces
from orders.importing.store.writes import Writes, said
from orders.importing.tally import Outcome
from orders.models import CaseLine, Order, Payment

_GIVEN = ("placed_at", "status", "currency", "address", "delivered_at")
_IF_SAID = (
    "discount", "shipping_fee", "delivery_method", "deliver_on", "delivery_note",
    "cancelled_at", "cancel_reason", "items_changed_at",
)  # fmt: skip
_ORDER = (*_GIVEN, *_IF_SAID, "customer")
_NOT_CANCELLED: dict[str, object] = {"cancelled_at": None, "cancel_reason": ""}


def store_orders(rows: Sequence[OrderRow], known: Known) -> list[Outcome | LineError]:
    batch = _Batch(rows, known)
    outcomes = [batch.put(row) for row in rows]
    if known.dry_run:
        for row, outcome in zip(rows, outcomes, strict=True):
            if isinstance(outcome, Outcome):
                known.orders_ahead[row.ref] = batch.known(row)
    else:
        batch.orders.flush()
        batch.pieces.flush()
        news.record(rows, outcomes, batch.just_shipped)
    return outcomes


class _Batch:
    def __init__(self, rows: Sequence[OrderRow], known: Known) -> None:
        stored = known.for_update(
            Order.objects.filter(number__in=among([row.ref for row in rows]))
        ).prefetch_related("lines", "payments", "shipments__events")
        self.stored = {order.number: order for order in stored}
        self.customers = known.customers({row.customer for row in rows})
        self.variants = known.variants({ln.sku for row in rows for ln in row.lines})
        self.orders = Writes(Order.objects.all(), _ORDER)
        self.pieces = Pieces(self.variants, self._lines_of_cases())
        self.just_shipped: set[str] = set()
        self.cancelled_here = self._cancelled_here()

    def put(self, row: OrderRow) -> Outcome | LineError:
        try:
            customer = self._check(row)
        except LineError as error:
            return error
        values: dict[str, object] = {name: getattr(row, name) for name in _GIVEN}
        values |= said(row, _IF_SAID)
        values["customer_id"] = customer.id
        order = self.stored.get(row.ref)
        if order is None:
            new = self.orders.add(number=row.ref, **values)
            self.pieces.add(new, row, customer)
            return Outcome.CREATED
        if row.status == Order.Status.SHIPPED != order.status:
            self.just_shipped.add(row.ref)
        if order.number in self.cancelled_here:
            # Its money is on the way back, whatever an older file says.
            values["status"] = Order.Status.CANCELLED
            row = replace(row, status=Order.Status.CANCELLED)
        if row.status != Order.Status.CANCELLED:
            values |= _NOT_CANCELLED
        changed = self.orders.revise(order, values)
        changed |= self.pieces.revise(order, row, customer)
        return Outcome.UPDATED if changed else Outcome.UNCHANGED

    def known(self, row: OrderRow) -> KnownOrder:
        # A case is judged by SKU and quantity; the ids of lines are not needed.
        lines = [KnownLine(None, line.sku, line.quantity) for line in row.lines]
        order = self.stored.get(row.ref)
        payments = [KnownPayment(None, None) for _payment in row.payments]
        key = order.pk if order else None
        return KnownOrder(key, row.customer, lines, payments)

    def _check(self, row: OrderRow) -> KnownCustomer:
        customer = self.customers.get(row.customer)
        if customer is None:
            raise _unknown("customer", row.customer)
        for index, line in enumerate(row.lines):
            variant = self.variants.get(line.sku)
            if variant is None:
                raise _unknown(f"lines[{index}].sku", line.sku)
            if variant.product != line.product:
                raise LineError(
                    _("“%(sku)s” belongs to product “%(product)s”")
                    % {"sku": line.sku, "product": variant.product},
                    field=f"lines[{index}].product",
                )
        for index, payment in enumerate(row.payments):
            if payment.method and payment.method not in customer.methods:
                raise _unknown(f"payments[{index}].method", payment.method)
        return customer

    def _cancelled_here(self) -> set[str]:
        """Orders that were cancelled by a write of ours, not by the shop's word."""
        cancelled = {
            number
            for number, order in self.stored.items()
            if order.status == Order.Status.CANCELLED
        }
        if not cancelled:
            return set()
        ours = Payment.objects.filter(
            order__number__in=among(cancelled),
            kind=Payment.Kind.REFUND,
            booked_here=True,
        )
        return set(ours.values_list("order__number", flat=True))

    def _lines_of_cases(self) -> set[int]:
        if not self.stored:
            return set()
        orders = [order.pk for order in self.stored.values()]
        held = CaseLine.objects.filter(line__order__in=orders)
        return set(held.values_list("line", flat=True))


def _unknown(field: str, ref: str) -> LineError:
    return LineError(_("“%(ref)s” is not known") % {"ref": ref}, field=field)
