"""What a line may refer to: what is stored and, in a dry run, the lines before it."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from orders.models import Customer, Order, OrderLine, Payment, PaymentMethod, Variant

Row = TypeVar("Row", bound=Model)


def among(values: Collection[str]) -> RawSQL:
    """What `__in` is to look in, as one parameter: a thousand are slow to bind."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::text[])", [list(values)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(values))])


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    id: int | None
    methods: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class KnownVariant:
    id: int | None
    product_id: int | None
    product: str


@dataclass(frozen=True, slots=True)
class KnownLine:
    id: int | None
    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class KnownPayment:
    id: int | None
    case_id: int | None


@dataclass(frozen=True, slots=True)
class KnownOrder:
    id: int | None
    customer: str
    lines: list[KnownLine]
    # In the order of time.
    payments: list[KnownPayment]


@dataclass(kw_only=True)
class Known:
    """Ids are None where a dry run has not stored the row.

    A dry run must not hold one long transaction, which would keep SQLite's only
    writer, the bot, waiting; so it remembers what it would have stored.
    """

    dry_run: bool
    customers_ahead: dict[str, KnownCustomer] = field(default_factory=dict)
    variants_ahead: dict[str, KnownVariant] = field(default_factory=dict)
    orders_ahead: dict[str, KnownOrder] = field(default_factory=dict)

    def for_update(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        return rows if self.dry_run else rows.select_for_update()

    def customers(self, refs: Collection[str]) -> dict[str, KnownCustomer]:
        methods: dict[int, dict[str, int | None]] = defaultdict(dict)
        held = PaymentMethod.objects.filter(customer__ref__in=among(refs))
        for owner, ref, pk in held.values_list("customer_id", "ref", "pk"):
            methods[owner][ref] = pk
        customers = Customer.objects.filter(ref__in=among(refs))
        found = {
            ref: KnownCustomer(pk, methods[pk])
            for ref, pk in customers.values_list("ref", "pk")
        }
        return found | _ahead(self.customers_ahead, refs)

    def variants(self, skus: Collection[str]) -> dict[str, KnownVariant]:
        variants = Variant.objects.filter(sku__in=among(skus))
        found = {
            sku: KnownVariant(pk, owner, ref)
            for sku, pk, owner, ref in variants.values_list(
                "sku", "pk", "product_id", "product__ref"
            )
        }
        return found | _ahead(self.variants_ahead, skus)

    def orders(self, numbers: Collection[str]) -> dict[str, KnownOrder]:
        lines: dict[int, list[KnownLine]] = defaultdict(list)
        pieces = OrderLine.objects.filter(order__number__in=among(numbers))
        for order, pk, sku, quantity in pieces.order_by("pk").values_list(
            "order_id", "pk", "variant__sku", "quantity"
        ):
            lines[order].append(KnownLine(pk, sku, quantity))
        paid: dict[int, list[KnownPayment]] = defaultdict(list)
        payments = Payment.objects.filter(order__number__in=among(numbers))
        for order, pk, case in payments.order_by("at", "pk").values_list(
            "order_id", "pk", "case_id"
        ):
            paid[order].append(KnownPayment(pk, case))
        orders = Order.objects.filter(number__in=among(numbers))
        found = {
            number: KnownOrder(pk, customer, lines[pk], paid[pk])
            for number, pk, customer in orders.values_list(
                "number", "pk", "customer__ref"
            )
        }
        return found | _ahead(self.orders_ahead, numbers)


Thing = TypeVar("Thing")


def _ahead(remembered: Mapping[str, Thing], refs: Collection[str]) -> dict[str, Thing]:
    return {ref: remembered[ref] for ref in refs if ref in remembered}
