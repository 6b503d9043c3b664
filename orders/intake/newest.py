"""Which news of a thing is the newest: older ones have no say any more."""

from datetime import datetime
from enum import StrEnum

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


class Age(StrEnum):
    """How an event stands to what is known of its thing."""

    NEWEST = "newest"
    # The shop's newest, but we wrote since: as a whole it would take that back.
    BEFORE_OURS = "before_ours"
    PAST = "past"


def is_newest(kind: str, ref: str, event: Event) -> bool:
    """As `age`: whether the event may be taken in as a whole."""
    return age(kind, ref, event) == Age.NEWEST


def age(kind: str, ref: str, event: Event) -> Age:
    """Lock the thing's row and compare the event with what is known of it.

    Of two of the same moment the greater id is the newer one.
    """
    defaults: dict[str, datetime | str] = {"occurred_at": LONG_AGO, "ident": ""}
    news, _made = NewestNews.objects.select_for_update().get_or_create(
        kind=kind, ref=ref, defaults=defaults
    )
    if (event.occurred_at, event.ident) <= (news.occurred_at, news.ident):
        return Age.PAST
    news.occurred_at, news.ident = event.occurred_at, event.ident
    news.save(update_fields=["occurred_at", "ident"])
    if _written_since(kind, ref, event.occurred_at):
        return Age.BEFORE_OURS
    return Age.NEWEST


def _written_since(kind: str, ref: str, at: datetime) -> bool:
    if kind not in {tracking.ORDERS, CUSTOMERS}:
        return False
    written = AuditEntry.objects.filter(object_ref=ref, action__in=_WRITES, at__gt=at)
    if written.exists():
        return True
    # A gift card moves with the orders that it pays.
    moved = Payment.objects.filter(method__customer__ref=ref, booked_here=True)
    return kind == CUSTOMERS and moved.filter(at__gt=at).exists()
