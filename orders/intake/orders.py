"""Orders as the shop's system has them."""

from dataclasses import replace
from datetime import datetime

from orders import happenings, tracking
from orders.importing.parse.orders import EventRow, OrderRow, ShipmentRow, parse_order
from orders.intake import rows
from orders.intake.envelope import Event
from orders.intake.newest import Age, age
from orders.intake.shipments import merge
from orders.models import Order, Shipment, ShipmentEvent


def take_order(event: Event, now: datetime) -> str:
    """Store the order unless it is old news; even that may add something.

    Parcels and their news always do; how far the order has got does where only we wrote
    since: a step on its way is not undone by it. Raises LineError and NotYetError.
    """
    row = parse_order(event.data)
    found = age(tracking.ORDERS, row.ref, event)
    order = Order.objects.select_for_update().filter(number=row.ref).first()
    before = order.status if order else ""
    if found == Age.NEWEST:
        rows.store("orders", _fitted(row, order))
        order = Order.objects.get(number=row.ref)
        tracking.start_from(order)
    elif found == Age.BEFORE_OURS and order is not None:
        tracking.step(order, row)
    if order is not None:
        for parcel in row.shipments:
            merge(order, parcel, event)
        tracking.move_on(order)
        happenings.observe([order], now, just_shipped=_just_shipped(order, before))
    return row.ref


def _just_shipped(order: Order, before: str) -> set[str]:
    shipped = before != "" and before != order.status == Order.Status.SHIPPED
    return {order.number} if shipped else set()


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
