"""Customers with what they pay with."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from orders.admin.base import Admin, Rows
from orders.models import Customer, PaymentMethod


class MethodRows(Rows):
    model = PaymentMethod
    fields = ("ref", "kind", "label", "balance")


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
    search_fields = ("name", "ref", "email", "phone")
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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Customer]:
        customers: QuerySet[Customer] = super().get_queryset(request)
        return customers.annotate(order_total=Count("orders"))

    @admin.display(description=_("orders"), ordering="order_total")
    def order_count(self, customer: Any) -> int:
        return int(customer.order_total)
