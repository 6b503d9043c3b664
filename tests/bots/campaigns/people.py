"""Makes shoppers who can be written to, and campaigns to write."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from bots.models import Campaign, Channel, Consent, Contact, Conversation
from orders.models import Customer

numbers = count(1)


def channel(kind: str = Channel.Kind.TELEGRAM, **fields: Any) -> Channel:
    slug = fields.pop("slug", f"{kind}-{next(numbers)}")
    return Channel.objects.create(kind=kind, slug=slug, name=slug, **fields)


def customer(**fields: Any) -> Customer:
    ref = f"C{next(numbers)}"
    return Customer.objects.create(ref=ref, name=f"Customer {ref}", **fields)


def contact(
    on: Channel,
    *,
    consent: bool | None = None,
    talk_at: datetime | None = None,
    **fields: Any,
) -> Contact:
    """A contact with a conversation; `consent` is what they said themselves."""
    key = str(next(numbers))
    made = Contact.objects.create(channel=on, external_id=key, **fields)
    Conversation.objects.create(
        channel=on,
        external_key=key,
        contact=made,
        last_message_at=talk_at or timezone.now(),
    )
    if consent is not None:
        Consent.objects.create(
            contact=made, promotions=consent, changed_at=timezone.now()
        )
    return made


def campaign(**fields: Any) -> Campaign:
    values: dict[str, Any] = {
        "name": "Autumn",
        "text_en": "Ten percent off",
        "text_zh": "九折",
        "send_at": timezone.now() - timedelta(minutes=1),
        "status": Campaign.Status.SENDING,
    }
    return Campaign.objects.create(**{**values, **fields})


def crowd(size: int, on: Channel | None = None) -> Channel:
    on = on or channel()
    for _ in range(size):
        contact(on, consent=True)
    return on
