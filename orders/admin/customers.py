"""Customers with what they pay with."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from orders.admin import searching
from orders.admin.base import Admin, Rows
from orders.models import Customer, Order, PaymentMethod


class MethodRows(Rows):
    model = PaymentMethod
    fields = ("ref", "kind", "label", "balance")
    # A form that was opened before a gift card was spent would fill it again.
    readonly_fields = ("balance",)


@admin.register(Customer)
class CustomerAdmin(Admin):
    list_display = (
        "name",
        "ref",
        "email",
        "phone",
        "language",
        "marketing_opt_in",
        "order_count",
    )
    list_filter = ("language", "marketing_opt_in")
    # What has an index.
    sortable_by = ("name", "ref", "email", "phone")
    search_fields = ("ref",)
    fields = (
        ("ref", "name"),
        ("email", "phone"),
        ("language", "timezone"),
        "marketing_opt_in",
        "tags",
        "preferences",
        "address",
        "created_at",
    )
    readonly_fields = ("created_at",)
    inlines = (MethodRows,)

    def find(self, words: str) -> Q:
        return searching.customers(words)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Customer]:
        customers: QuerySet[Customer] = super().get_queryset(request)
        # Counted for the customers of the page only.
        own = Order.objects.filter(customer=OuterRef("pk")).order_by()
        counts = own.values("customer").annotate(count=Count("pk")).values("count")
        return customers.annotate(order_total=Subquery(counts))

    @admin.display(description=_("orders"))
    def order_count(self, customer: Any) -> int:
        return customer.order_total or 0
