"""What carriers and the shop tell of parcels: it only ever grows.

Whatever the order in which news come and however often, the same is known in the end.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from orders.importing.parse.orders import EventRow, OrderRow, ShipmentRow
from orders.models import NewestNews, Order, Shipment, ShipmentEvent

Status = ShipmentEvent.Status

_WAY = [
    Order.Status.PENDING,
    Order.Status.PROCESSED,
    Order.Status.SHIPPED,
    Order.Status.DELIVERED,
]
ORDERS = "orders"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def find_parcel(order: Order, row: ShipmentRow) -> Shipment | None:
    """The order's parcel of this number; one without is known by what is in it."""
    parcels = order.shipments.filter(tracking_number=row.tracking_number)
    if not row.tracking_number:
        parcels = parcels.filter(carrier=row.carrier, skus=row.skus)
    return parcels.order_by("pk").first()


def add_events(parcel: Shipment, rows: Iterable[EventRow]) -> None:
    """Add what is not known yet; an event is known by its moment and status."""
    known = {(event.at, event.status): event for event in parcel.events.all()}
    for row in rows:
        event = known.get((row.at, row.status))
        if event is None:
            known[row.at, row.status] = parcel.events.create(
                at=row.at, status=row.status, place=row.place, text=row.text
            )
        elif _words(row) > _words(event):
            # Of two wordings the same one must win, whichever came first.
            event.place, event.text = row.place, row.text
            event.save(update_fields=["place", "text"])


def start_from(order: Order) -> None:
    """Take the order's status as what the shop says, from which its parcels move on."""
    news = _news(order)
    news.given = news.reached = _standing(order)
    news.save(update_fields=["given", "reached"])


def step(order: Order, told: OrderRow) -> None:
    """Bring the order as far as the shop has told, never back, nor out of cancelled."""
    if order.status == Order.Status.CANCELLED:
        return
    if told.status == Order.Status.CANCELLED:
        order.status, order.cancelled_at = told.status, told.cancelled_at
        order.cancel_reason = told.cancel_reason or ""
    else:
        order.status = max(Order.Status(order.status), told.status, key=_WAY.index)
        order.delivered_at = told.delivered_at or order.delivered_at
    order.save(
        update_fields=["status", "delivered_at", "cancelled_at", "cancel_reason"]
    )


def move_on(order: Order) -> None:
    """Bring the order as far as its parcels are; never out of cancelled.

    Reckoned from what the shop said each time: news may also show that a parcel is
    not the last one.
    """
    if order.status == Order.Status.CANCELLED:
        return
    news = _news(order)
    if news.reached != _standing(order):
        # Somebody else has moved it since.
        news.given = _standing(order)
    _reckon(order, news.given)
    order.save(update_fields=["status", "delivered_at"])
    news.reached = _standing(order)
    news.save(update_fields=["given", "reached"])


def _reckon(order: Order, given: list[str]) -> None:
    status, delivered_at = Order.Status(given[0]), _moment(given[1])
    parcels = list(order.shipments.prefetch_related("events"))
    arrived_at = _arrived_at(order, parcels)
    if any(map(_left, parcels)):
        reached = Order.Status.DELIVERED if arrived_at else Order.Status.SHIPPED
        status = max(status, reached, key=_WAY.index)
    if arrived_at:
        delivered_at = max(delivered_at or arrived_at, arrived_at)
    order.status, order.delivered_at = status, delivered_at


def _news(order: Order) -> NewestNews:
    """The row of what the shop said of the order; of long ago where it said nothing."""
    news, _made = NewestNews.objects.get_or_create(
        kind=ORDERS, ref=order.number, defaults={"occurred_at": LONG_AGO, "ident": ""}
    )
    return news


def _standing(order: Order) -> list[str]:
    at = order.delivered_at
    return [order.status, at.astimezone(UTC).isoformat() if at else ""]


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _left(parcel: Shipment) -> bool:
    return any(event.status != Status.LABEL_CREATED for event in parcel.events.all())


def _arrived_at(order: Order, parcels: list[Shipment]) -> datetime | None:
    """When the last parcel arrived, if every piece of the order is in one that did."""
    moments = []
    for parcel in parcels:
        arrived = [e.at for e in parcel.events.all() if e.status == Status.DELIVERED]
        if not arrived:
            return None
        moments.append(max(arrived))
    listed = {sku for parcel in parcels for sku in parcel.skus}
    ordered = set(order.lines.values_list("variant__sku", flat=True))
    # A parcel that lists nothing holds everything.
    whole = ordered <= listed or not all(parcel.skus for parcel in parcels)
    return max(moments) if whole else None


def _words(event: EventRow | ShipmentEvent) -> str:
    return json.dumps([event.place, event.text], sort_keys=True, ensure_ascii=False)
