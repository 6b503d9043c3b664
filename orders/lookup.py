"""Questions about customers and orders; nothing here writes."""

from collections.abc import Iterable

from django.db.models import QuerySet

from orders import details
from orders.models import Case, Customer, Order, ShipmentEvent
from orders.models.customer import PHONE_TAIL


def customer(ref: str) -> Customer | None:
    return Customer.objects.filter(ref=ref).first()


def customer_by_email(email: str) -> Customer | None:
    """Who has this e-mail, letter case aside; None for "" and where several do."""
    return _only(Customer.objects.with_email(email)) if email else None


def customers_by_phone(phone: str) -> list[Customer]:
    """Who has this number, however it is written and with or without country code."""
    digits = _digits(phone)
    if len(digits) < PHONE_TAIL:
        return []
    alike = Customer.objects.with_phone_end(digits[-PHONE_TAIL:]).order_by("pk")
    return [one for one in alike if _same_number(_digits(one.phone), digits)]


def customer_by_name_postcode(name: str, postcode: str) -> Customer | None:
    """Who has this name, letter case aside, and this postcode in the profile."""
    named = Customer.objects.named(name).filter(address__postcode=postcode)
    return _only(named) if postcode else None


def orders_of(customer: Customer, *, limit: int = 10) -> list[Order]:
    """The newest orders of a customer, with what is said of them."""
    orders = Order.objects.filter(customer=customer).order_by("-placed_at")
    return _detailed(customer, orders[:limit])


def order_of(customer: Customer, number: str) -> Order | None:
    """An order by its number; one of somebody else is not found."""
    orders = Order.objects.filter(customer=customer).numbered(number)
    return next(iter(_detailed(customer, orders[:1])), None)


def order_numbered(number: str, customer: Customer | None) -> Order | None:
    """An order by its exact number: the customer's own, or with None anybody's."""
    orders = Order.objects.select_related("customer").filter(number=number).order_by()
    if customer is not None:
        orders = orders.filter(customer=customer)
    found = list(orders)
    details.fill(found)
    return found[0] if found else None


def case_numbered(ref: str, customer: Customer | None) -> Case | None:
    """A case by its exact RMA number: the customer's own, or with None anybody's."""
    cases = Case.objects.filter(ref=ref)
    if customer is not None:
        cases = cases.filter(order__customer=customer)
    return (
        cases.select_related("order__customer", "refund_method")
        .prefetch_related("lines__line__product", "lines__line__variant")
        .order_by()
        .first()
    )


def newest_event(order: Order) -> ShipmentEvent | None:
    """The latest thing a carrier said about any parcel of the order."""
    events = [
        event for shipment in order.shipments.all() for event in shipment.events.all()
    ]
    return max(events, key=lambda event: event.at, default=None)


def open_cases_of(customer: Customer) -> list[Case]:
    """The customer's cases that have not come to an end, the newest first."""
    over = (Case.Status.REJECTED, Case.Status.COMPLETED)
    cases = Case.objects.filter(order__customer=customer).exclude(status__in=over)
    return list(cases.select_related("order"))


def currency() -> str:
    """The shop's currency: that of its newest order; CNY before there is one."""
    newest = Order.objects.order_by("-placed_at").values_list("currency", flat=True)
    return newest.first() or "CNY"


def _detailed(customer: Customer, orders: Iterable[Order]) -> list[Order]:
    found = list(orders)
    for order in found:
        order.customer = customer
    details.fill(found)
    return found


def _digits(phone: str) -> str:
    return "".join(char for char in phone if char.isdecimal() and char.isascii())


def _same_number(one: str, other: str) -> bool:
    """Whether they differ at most by what stands before: +86, 0044, a leading 0."""
    short, long = sorted((one.lstrip("0"), other.lstrip("0")), key=len)
    return len(short) >= PHONE_TAIL and long.endswith(short)


def _only(found: QuerySet[Customer]) -> Customer | None:
    """The customer, if there is exactly one: two are nobody for sure."""
    customers = list(found[:2])
    return customers[0] if len(customers) == 1 else None
