"""Questions about customers and orders; nothing here writes."""

from decimal import Decimal

from django.db.models import Sum

from orders.models import Case, Customer, Order, Payment, ShipmentEvent


def customer(ref: str) -> Customer | None:
    return Customer.objects.filter(ref=ref).first()


def orders_of(customer: Customer, *, limit: int = 10) -> list[Order]:
    """The newest orders of a customer, with what is said of them."""
    return list(
        Order.objects.filter(customer=customer)
        .with_details()
        .order_by("-placed_at")[:limit]
    )


def order_of(customer: Customer, number: str) -> Order | None:
    """An order by its number; one of somebody else is not found."""
    return (
        Order.objects.filter(customer=customer, number__iexact=number)
        .with_details()
        .first()
    )


def newest_event(order: Order) -> ShipmentEvent | None:
    """The latest thing a carrier said about any parcel of the order."""
    events = [
        event for shipment in order.shipments.all() for event in shipment.events.all()
    ]
    return max(events, key=lambda event: event.at, default=None)


def open_cases(order: Order) -> list[Case]:
    return [case for case in order.cases.all() if case.is_open]


def held(order: Order) -> Decimal:
    """Money of the order that the shop holds: payments less refunds."""

    def total(kind: Payment.Kind) -> Decimal:
        found = Payment.objects.filter(order=order, kind=kind).aggregate(
            sum=Sum("amount")
        )
        amount: Decimal | None = found["sum"]
        return amount or Decimal()

    return total(Payment.Kind.PAYMENT) - total(Payment.Kind.REFUND)


def currency() -> str:
    """The shop's currency: that of its newest order; CNY before there is one."""
    newest = Order.objects.order_by("-placed_at").values_list("currency", flat=True)
    return newest.first() or "CNY"
