"""Orders as the shop's system has them."""

from dataclasses import replace
from datetime import datetime

from orders import happenings, tracking
from orders.importing.parse.orders import EventRow, OrderRow, ShipmentRow, parse_order
from orders.intake import rows
from orders.intake.envelope import Event
from orders.intake.newest import is_newest
from orders.intake.shipments import merge
from orders.models import Order, Shipment, ShipmentEvent


def take_order(event: Event, now: datetime) -> str:
    """Store the order unless it is old news; of its parcels even that adds something.

    Raises LineError and NotYetError.
    """
    row = parse_order(event.data)
    newest = is_newest(tracking.ORDERS, row.ref, event)
    order = Order.objects.select_for_update().filter(number=row.ref).first()
    if newest:
        rows.store("orders", _fitted(row, order))
        order = Order.objects.get(number=row.ref)
        tracking.start_from(order)
    if order is not None:
        for parcel in row.shipments:
            merge(order, parcel, event)
        tracking.move_on(order)
        happenings.observe([order], now)
    return row.ref


def _fitted(row: OrderRow, order: Order | None) -> OrderRow:
    """The row with what the shop's word does not change.

    Parcels are merged one by one, and an order that was cancelled here stays so: its
    money is on the way back.
    """
    if order is None:
        return replace(row, shipments=[])
    parcels = order.shipments.prefetch_related("events")
    kept = replace(row, shipments=[_as_row(parcel) for parcel in parcels])
    if order.cancelled_at is None:
        return kept
    return replace(kept, status=Order.Status.CANCELLED)


def _as_row(parcel: Shipment) -> ShipmentRow:
    events = [
        EventRow(
            at=event.at,
            place=event.place,
            status=ShipmentEvent.Status(event.status),
            text=event.text,
        )
        for event in parcel.events.all()
    ]
    return ShipmentRow(
        carrier=parcel.carrier,
        localized=parcel.localized,
        tracking_number=parcel.tracking_number,
        skus=parcel.skus,
        estimated_delivery=parcel.estimated_delivery,
        events=events,
    )
