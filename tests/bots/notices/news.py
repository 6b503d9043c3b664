"""Makes shoppers with talks, and events that wait to be told."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from bots.messages import Sender
from bots.models import Channel, Contact, Conversation, Message
from bots.notices import telling
from orders.models import Customer, Order, OrderEvent
from tests import factories

numbers = count(1)

MONEY = {
    "amount": "99.00",
    "currency": "CNY",
    "method": "visa 1234",
    "method_kind": "credit_card",
    "lacking": False,
    "changeable": True,
}
PARCEL = {
    "carrier": "SF Express",
    "tracking_number": "SF123",
    "skus": [],
    "expected": "",
    "place": {},
    "text": {},
}


def talk(
    customer: Customer,
    kind: str = Channel.Kind.TELEGRAM,
    *,
    wrote: datetime | None = None,
    **values: Any,
) -> Conversation:
    """A talk in which this customer is known and wrote something."""
    on = factories.channel(kind)
    contact = Contact.objects.create(
        channel=on, external_id=f"p{next(numbers)}", customer=customer
    )
    made = factories.conversation(on, contact=contact, customer=customer, **values)
    at = wrote or timezone.now()
    Message.objects.create(
        conversation=made,
        seq=made.next_seq(),
        sender=Sender.SHOPPER,
        text="hi",
        created_at=at,
        handled_at=at,
    )
    made.save(update_fields=["last_seq"])
    return made


def event(
    order: Order, kind: str = "paid", *, ago: float = 60, **facts: Any
) -> OrderEvent:
    """An event of so many seconds ago that nobody was told of."""
    about = MONEY if kind in {"paid", "refunded", "payment_failed"} else PARCEL
    at = timezone.now() - timedelta(seconds=ago)
    return OrderEvent.objects.create(
        order=order,
        kind=kind,
        key=f"{order.number}:{kind}:{next(numbers)}",
        at=at,
        recorded_at=at,
        facts={**about, **facts},
    )


def tell() -> list[int]:
    """Run the teller; the conversations it wrote into."""
    return [pk for pk, _ in telling.tell(timezone.now())]


def texts(of: Conversation | None = None) -> list[str]:
    said = Message.objects.filter(sender=Sender.BOT).order_by("id")
    if of is not None:
        said = said.filter(conversation=of)
    return list(said.values_list("text", flat=True))


def outcome(of: OrderEvent) -> str:
    return OrderEvent.objects.get(pk=of.pk).outcome
