"""From a signed event to what is stored of it: all of it, or nothing."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction

from orders.importing.errors import LineError
from orders.intake import envelope, rows
from orders.intake.envelope import Event
from orders.intake.errors import MalformedError
from orders.intake.orders import take_order
from orders.intake.shipments import take_shipment
from orders.models import ShopEvent

# Each takes an event in and returns the ref of what it is about.
Take = Callable[[Event, datetime], str]

TAKE: dict[str, Take] = {
    "customer.updated": partial(rows.take, "customers"),
    "product.updated": partial(rows.take, "products"),
    "order.updated": take_order,
    "case.updated": partial(rows.take, "cases"),
    "shipment.updated": take_shipment,
}


def take_in(ident: str, body: bytes, now: datetime) -> bool:
    """Take an event in; whether it is the first time.

    Raises MalformedError, and NotYetError where it speaks of what is not known.
    """
    event = envelope.read(ident, body, now)
    take = TAKE.get(event.kind)
    if take is None:
        raise MalformedError(f"type: must be one of {', '.join(TAKE)}")
    with transaction.atomic():
        stored, is_first = ShopEvent.objects.get_or_create(
            ident=ident,
            defaults={
                "kind": event.kind,
                "occurred_at": event.occurred_at,
                "received_at": now,
            },
        )
        if not is_first:
            return False
        try:
            stored.ref = take(event, now)
        except LineError as error:
            raise MalformedError(f"data: {error}") from error
        stored.save(update_fields=["ref"])
    return True
