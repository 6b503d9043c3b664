"""Asks for news of parcels: in turn, and at once where a shopper wants to know."""

from datetime import datetime

from orders.connectors import carrier, kinds, queue
from orders.models import Connector, ConnectorCall, Shipment

State = ConnectorCall.State

MOST = 500


def follow(now: datetime) -> int:
    """Ask for every parcel under way whose turn it is; returns for how many."""
    if kinds.of(Connector.Port.CARRIER).kind == Connector.Kind.MANUAL:
        return 0
    parcels = carrier.under_way(now).select_related("order")
    new = parcels.filter(call=None)[:MOST]
    over = parcels.filter(
        call__state__in=[State.DONE, State.FAILED], call__due_at__lte=now
    )[:MOST]
    return sum(ask(parcel) for parcel in [*new, *over])


def ask(parcel: Shipment) -> bool:
    """Have the carrier asked; the call stays, as what follows up, until it answers.

    Whether anybody is asked: not where staff write parcels' news down themselves, nor
    where a question is under way.
    """
    if kinds.of(Connector.Port.CARRIER).kind == Connector.Kind.MANUAL:
        return False
    call = ConnectorCall.objects.filter(shipment=parcel).first()
    if call is not None:
        return queue.again(call)
    payload = {
        "order": parcel.order.number,
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
    }
    queue.put(
        ConnectorCall(
            port=Connector.Port.CARRIER,
            action=ConnectorCall.Action.TRACK,
            payload=payload,
            order=parcel.order,
            shipment=parcel,
        )
    )
    return True
