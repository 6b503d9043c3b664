"""Stores customers with what they pay with."""

from collections.abc import Sequence

from orders.importing.parse.customers import CustomerRow, MethodRow
from orders.importing.store.inserts import New
from orders.importing.store.known import Known, KnownCustomer, among
from orders.importing.store.writes import Writes
from orders.importing.tally import Outcome
from orders.models import Case, Customer, Payment, PaymentMethod

_CUSTOMER = (
    "name", "email", "phone", "language", "timezone", "tags", "marketing_opt_in",
    "preferences", "address", "localized",
)  # fmt: skip
_METHOD = ("kind", "label", "balance", "localized")


def store_customers(rows: Sequence[CustomerRow], known: Known) -> list[Outcome]:
    batch = _Batch(rows, known)
    outcomes = [batch.put(row) for row in rows]
    if known.dry_run:
        known.customers_ahead |= {row.ref: batch.known(row) for row in rows}
    else:
        batch.customers.flush()
        batch.methods.flush()
    return outcomes


class _Batch:
    def __init__(self, rows: Sequence[CustomerRow], known: Known) -> None:
        self.customers = Writes(Customer.objects.all(), _CUSTOMER)
        self.methods = Writes(PaymentMethod.objects.all(), _METHOD)
        stored = known.for_update(
            Customer.objects.filter(ref__in=among([row.ref for row in rows]))
        ).prefetch_related("payment_methods")
        self.stored = {customer.ref: customer for customer in stored}
        self.used = self._used_though_unlisted(rows)

    def put(self, row: CustomerRow) -> Outcome:
        values = {name: getattr(row, name) for name in _CUSTOMER}
        customer = self.stored.get(row.ref)
        if customer is None:
            new = self.customers.add(ref=row.ref, **values)
            for method in row.payment_methods:
                self._add_method(new, method)
            return Outcome.CREATED
        changed = self.customers.revise(customer, values)
        changed |= self._put_methods(customer, row)
        return Outcome.UPDATED if changed else Outcome.UNCHANGED

    def known(self, row: CustomerRow) -> KnownCustomer:
        methods: dict[str, int | None] = {m.ref: None for m in row.payment_methods}
        customer = self.stored.get(row.ref)
        if customer is None:
            return KnownCustomer(None, methods)
        for method in customer.payment_methods.all():
            if method.ref in methods or method.pk in self.used:
                methods[method.ref] = method.pk
        return KnownCustomer(customer.pk, methods)

    def _put_methods(self, customer: Customer, row: CustomerRow) -> bool:
        changed = False
        stored = {method.ref: method for method in customer.payment_methods.all()}
        for listed in row.payment_methods:
            method = stored.pop(listed.ref, None)
            if method is None:
                self._add_method(customer, listed)
                changed = True
            else:
                changed |= self.methods.revise(method, _method_values(listed))
        for method in stored.values():
            if method.pk not in self.used:
                self.methods.remove(method)
                changed = True
        return changed

    def _add_method(self, customer: Customer | New, row: MethodRow) -> None:
        self.methods.add(customer=customer, ref=row.ref, **_method_values(row))

    def _used_though_unlisted(self, rows: Sequence[CustomerRow]) -> set[int | None]:
        """Find the methods that stay although unlisted: money went through them."""
        listed = {row.ref: {m.ref for m in row.payment_methods} for row in rows}
        unlisted = [
            method.pk
            for customer in self.stored.values()
            for method in customer.payment_methods.all()
            if method.ref not in listed[customer.ref]
        ]
        if not unlisted:
            return set()
        paid = Payment.objects.filter(method__in=unlisted)
        refunded = Case.objects.filter(refund_method__in=unlisted)
        return {
            *paid.values_list("method", flat=True),
            *refunded.values_list("refund_method", flat=True),
        }


def _method_values(row: MethodRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in _METHOD}
