"""The way of an order's parcels, as steps that can be told one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from orders.models import Order, OrderEvent, Shipment, ShipmentEvent

Kind = OrderEvent.Kind
Status = ShipmentEvent.Status

_LEFT = {Status.PICKED_UP: Kind.SHIPPED, Status.IN_TRANSIT: Kind.SHIPPED}
_ARRIVED = {Status.DELIVERED: Kind.DELIVERED}
# These may happen to a parcel more than once.
_REPEATED = {
    Status.OUT_FOR_DELIVERY: Kind.OUT_FOR_DELIVERY,
    Status.EXCEPTION: Kind.EXCEPTION,
}
_MOVED = {*_LEFT, *_REPEATED, *_ARRIVED}


@dataclass(frozen=True, kw_only=True)
class Step:
    """`ident` is the same whenever the shop tells of the same step of a parcel."""

    kind: OrderEvent.Kind
    ident: str
    at: datetime
    facts: dict[str, Any]


def steps(order: Order, *, shipped_at: datetime | None) -> Iterator[Step]:
    """Yield the steps of each parcel, or of the order as one where it has none.

    `shipped_at` counts where no carrier says anything, as does the order's own time of
    delivery.
    """
    parcels = _idents(order)
    if any(event.status in _MOVED for _, _, news in parcels for event in news):
        # A carrier tells of this order: a parcel it does not have is still here.
        shipped_at = None
    for parcel, ident, news in parcels:
        yield from _once(parcel, ident, news, _LEFT, shipped_at)
        yield from _repeated(parcel, ident, news)
        yield from _once(parcel, ident, news, _ARRIVED, order.delivered_at)


def _idents(order: Order) -> list[tuple[Shipment, str, list[ShipmentEvent]]]:
    """Each parcel with its name and its events; one without a number is counted."""
    named = []
    nameless = 0
    for parcel in order.shipments.all():
        ident = parcel.tracking_number or f"#{nameless}"
        nameless += not parcel.tracking_number
        named.append((parcel, ident, list(parcel.events.all())))
    return named or [(Shipment(order=order), "#0", [])]


def _once(
    parcel: Shipment,
    ident: str,
    news: list[ShipmentEvent],
    told_by: dict[Status, Kind],
    otherwise: datetime | None,
) -> Iterator[Step]:
    first = next((event for event in news if event.status in told_by), None)
    at = first.at if first else otherwise
    if at is not None:
        kind = next(iter(told_by.values()))
        yield Step(kind=kind, ident=ident, at=at, facts=_facts(parcel, first))


def _repeated(
    parcel: Shipment, ident: str, news: list[ShipmentEvent]
) -> Iterator[Step]:
    for event in news:
        kind = _REPEATED.get(Status(event.status))
        if kind is not None:
            moment = event.at.astimezone(UTC).isoformat()
            facts = _facts(parcel, event)
            yield Step(kind=kind, ident=f"{ident}:{moment}", at=event.at, facts=facts)


def _facts(parcel: Shipment, event: ShipmentEvent | None) -> dict[str, Any]:
    expected = parcel.estimated_delivery
    return {
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "skus": parcel.skus,
        "expected": expected.isoformat() if expected else "",
        "place": event.place if event else {},
        "text": event.text if event else {},
    }
