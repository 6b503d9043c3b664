"""What a line may refer to: what is stored and, in a dry run, the lines before it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Model, QuerySet

from orders.importing.store.writes import in_chunks
from orders.models import Customer, Order, OrderLine, PaymentMethod, Variant

Row = TypeVar("Row", bound=Model)


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
class KnownOrder:
    id: int | None
    customer: str
    lines: list[KnownLine]


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
        found = {}
        for chunk in in_chunks(list(refs)):
            customers = Customer.objects.filter(ref__in=chunk)
            for ref, pk in customers.values_list("ref", "pk"):
                found[ref] = KnownCustomer(pk, methods[pk])
            held = PaymentMethod.objects.filter(customer__ref__in=chunk)
            for owner, ref, pk in held.values_list("customer_id", "ref", "pk"):
                methods[owner][ref] = pk
        return found | _ahead(self.customers_ahead, refs)

    def variants(self, skus: Collection[str]) -> dict[str, KnownVariant]:
        found = {}
        for chunk in in_chunks(list(skus)):
            variants = Variant.objects.filter(sku__in=chunk)
            for sku, pk, owner, ref in variants.values_list(
                "sku", "pk", "product_id", "product__ref"
            ):
                found[sku] = KnownVariant(pk, owner, ref)
        return found | _ahead(self.variants_ahead, skus)

    def orders(self, numbers: Collection[str]) -> dict[str, KnownOrder]:
        lines: dict[int, list[KnownLine]] = defaultdict(list)
        found = {}
        for chunk in in_chunks(list(numbers)):
            orders = Order.objects.filter(number__in=chunk)
            for number, pk, customer in orders.values_list(
                "number", "pk", "customer__ref"
            ):
                found[number] = KnownOrder(pk, customer, lines[pk])
            pieces = OrderLine.objects.filter(order__number__in=chunk).order_by("pk")
            for order, pk, sku, quantity in pieces.values_list(
                "order_id", "pk", "variant__sku", "quantity"
            ):
                lines[order].append(KnownLine(pk, sku, quantity))
        return found | _ahead(self.orders_ahead, numbers)


Thing = TypeVar("Thing")


def _ahead(remembered: Mapping[str, Thing], refs: Collection[str]) -> dict[str, Thing]:
    return {ref: remembered[ref] for ref in refs if ref in remembered}
