"""News of parcels under way: asked of the carriers' system now and then."""

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from orders import happenings, tracking
from orders.connectors.result import Done, Failed, Result
from orders.importing.errors import LineError
from orders.importing.fields import Fields
from orders.importing.parse.orders import EventRow, parse_event
from orders.models import ConnectorCall, Order, Shipment, ShipmentEvent

State = ConnectorCall.State

# The pause between two questions about the same parcel.
EVERY = timedelta(minutes=30)
# A parcel of an older order is not asked for any more.
LATEST = timedelta(days=60)


def under_way(now: datetime) -> QuerySet[Shipment]:
    """Parcels that have left, can be asked for, and are not known to have arrived."""
    arrived = ShipmentEvent.objects.filter(status=ShipmentEvent.Status.DELIVERED)
    return (
        Shipment.objects.filter(
            order__status=Order.Status.SHIPPED, order__placed_at__gte=now - LATEST
        )
        .exclude(tracking_number="")
        .exclude(pk__in=arrived.values("shipment"))
    )


def read(result: Result) -> Result:
    """Check what a carrier has answered: what is no news is a failure."""
    if not isinstance(result, Done):
        return result
    try:
        _events(result.answer)
    except LineError as error:
        return Failed(reason=f"the answer: {error}")
    return result


def told(call: ConnectorCall, answer: dict[str, Any], now: datetime) -> None:
    """Take in what the carrier said; told twice, it is as once."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=call.order_id)
        parcel = order.shipments.filter(call=call).first()
        if parcel is None:
            return
        tracking.add_events(parcel, _events(answer))
        tracking.move_on(order)
        ConnectorCall.objects.filter(pk=call.pk).update(
            state=State.DONE, answer=answer, last_error="", due_at=now + EVERY
        )
        happenings.observe([order], now)


def _events(answer: dict[str, Any]) -> list[EventRow]:
    # Reading takes an object apart: the answer itself stays whole.
    fields = Fields(deepcopy(answer))
    return [parse_event(event) for event in fields.objects("events", required=True)]
