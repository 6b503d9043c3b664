"""A shop in use, with several rows of everything that the API lists."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from bots.messages import Sender
from bots.models import Campaign, CampaignRecipient, Message, Ticket, TicketEvent
from orders.importing import import_shop
from orders.models import Customer, Order
from tests import factories
from tests.load.shop import write_shop
from tests.orders import files

MANY = 12


def fill(directory: Path) -> None:
    write_shop(directory, orders=MANY * 4, products=MANY, customers=MANY, seed=11)
    orders = [order.number for order in _import(directory)]
    cases = [_case(number, ref=f"A{n}") for n, number in enumerate(orders[:MANY])]
    import_shop(files.write(directory, cases=cases))
    for number in range(MANY):
        factories.entry(f"Question {number}?", "Answer.")
        _talk(number)


def _import(directory: Path) -> list[Order]:
    import_shop(directory)
    return list(Order.objects.order_by("number").prefetch_related("lines__variant"))


def _case(number: str, ref: str) -> files.Json:
    line = Order.objects.get(number=number).lines.select_related("variant")[0]
    refund = {"amount": "1.00", "method": "pm1"}
    return files.case(ref=ref, order=number, skus=[line.variant.sku], refund=refund)


def _talk(number: int) -> None:
    now = timezone.now()
    customer = Customer.objects.order_by("ref")[number]
    talk = factories.conversation(
        customer=customer, language="en", last_message_at=now - timedelta(days=number)
    )
    for seq, text in enumerate(("Hello", "Hi!"), start=1):
        Message.objects.create(
            conversation=talk, sender=Sender.BOT, text=text, seq=seq, created_at=now
        )
    ticket = Ticket.objects.create(
        conversation=talk,
        reason=Ticket.Reason.ASKED,
        opened_at=now,
        order=Order.objects.order_by("number")[number],
        assignee=factories.agent(),
    )
    TicketEvent.objects.create(
        ticket=ticket,
        kind=TicketEvent.Kind.TAKEN,
        at=now,
        actor=ticket.assignee,
    )
    campaign = Campaign.objects.create(name=f"{number}", text_en="Sale!", send_at=now)
    CampaignRecipient.objects.create(campaign=campaign, contact=talk.contact)
