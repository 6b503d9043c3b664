"""Parcels and their news."""

from datetime import datetime

from django.utils.translation import gettext as _

from orders import happenings, tracking
from orders.importing.errors import LineError
from orders.importing.parse.orders import ShipmentRow, parse_shipment
from orders.intake.envelope import Event
from orders.intake.errors import NotYetError
from orders.intake.newest import is_newest
from orders.models import Order, Shipment

_HEADER = ("carrier", "localized", "skus", "estimated_delivery")


def take_shipment(event: Event, now: datetime) -> str:
    """Add news of one parcel. Raises LineError and NotYetError."""
    number = event.data.ref("order")
    told = event.data.inner("shipment")
    if told is None:
        raise LineError(_("is missing"), field="shipment")
    row = parse_shipment(told)
    order = Order.objects.select_for_update().filter(number=number).first()
    if order is None:
        raise NotYetError(f"order: “{number}” is not known")
    known = order.lines.values_list("variant__sku", flat=True)
    for sku in set(row.skus) - set(known):
        raise NotYetError(f"shipment.skus: “{sku}” is not in this order")
    merge(order, row, event)
    tracking.move_on(order)
    happenings.observe([order], now)
    return number


def merge(order: Order, row: ShipmentRow, event: Event) -> None:
    """Bring a parcel of the order up to what is known with this event."""
    parcel = tracking.find_parcel(order, row)
    # Even of a parcel that an import has made, the first news here counts as newer.
    newest = is_newest("shipments", f"{order.number}/{_name(row)}", event)
    header = {name: getattr(row, name) for name in _HEADER}
    if parcel is None:
        values = {"tracking_number": row.tracking_number, **header}
        parcel = Shipment.objects.create(order=order, **values)
    elif newest:
        Shipment.objects.filter(pk=parcel.pk).update(**header)
    tracking.add_events(parcel, row.events)


def _name(row: ShipmentRow) -> str:
    # One without a number is known by what is in it.
    return row.tracking_number or f"{row.carrier}:{','.join(row.skus)}"[:90]
