"""Which news of a thing is the newest: older ones have no say any more."""

from datetime import datetime

from orders import tracking
from orders.intake.envelope import Event
from orders.models import AuditEntry, NewestNews, Payment
from orders.tracking import LONG_AGO

CUSTOMERS = "customers"
# What a picture of an order or a customer would take back.
_WRITES = (
    "cancel_order",
    "change_address",
    "change_default_address",
    "change_delivery",
    "change_items",
    "change_payment",
    "put_customer",
    "put_order",
)


def is_newest(kind: str, ref: str, event: Event) -> bool:
    """Lock the thing's row; whether the event is newer than all that it knows of.

    Of two of the same moment the greater id is the newer one. What was written here
    since counts too: an older picture would take it back.
    """
    defaults: dict[str, datetime | str] = {"occurred_at": LONG_AGO, "ident": ""}
    news, _made = NewestNews.objects.select_for_update().get_or_create(
        kind=kind, ref=ref, defaults=defaults
    )
    if (event.occurred_at, event.ident) <= (news.occurred_at, news.ident):
        return False
    if _written_since(kind, ref, event.occurred_at):
        return False
    news.occurred_at, news.ident = event.occurred_at, event.ident
    news.save(update_fields=["occurred_at", "ident"])
    return True


def _written_since(kind: str, ref: str, at: datetime) -> bool:
    if kind not in {tracking.ORDERS, CUSTOMERS}:
        return False
    written = AuditEntry.objects.filter(object_ref=ref, action__in=_WRITES, at__gt=at)
    if written.exists():
        return True
    # A gift card moves with the orders that it pays.
    moved = Payment.objects.filter(method__customer__ref=ref, booked_here=True)
    return kind == CUSTOMERS and moved.filter(at__gt=at).exists()
