"""Orders, their parcels and after-sales cases."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from orders.admin.base import Admin, NeverMadeByHand, ReadOnlyRows, Rows
from orders.models import (
    Case,
    CaseLine,
    Order,
    OrderLine,
    Payment,
    Shipment,
    ShipmentEvent,
)

_MONEY: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=14, decimal_places=2)


class LineRows(ReadOnlyRows):
    model = OrderLine
    fields = ("product", "variant", "quantity", "unit_price")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrderLine]:
        lines: QuerySet[OrderLine] = super().get_queryset(request)
        return lines.select_related("product", "variant")


class PaymentRows(ReadOnlyRows):
    model = Payment
    fields = ("kind", "method", "amount", "at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Payment]:
        payments: QuerySet[Payment] = super().get_queryset(request)
        return payments.select_related("method")


class ShipmentRows(ReadOnlyRows):
    model = Shipment
    fields = ("carrier", "tracking_number", "skus", "estimated_delivery")
    show_change_link = True


@admin.register(Order)
class OrderAdmin(NeverMadeByHand):
    list_display = ("number", "customer", "status", "placed_at", "sum", "currency")
    list_filter = ("status", "placed_at", "currency")
    list_select_related = ("customer",)
    search_fields = (
        "number",
        "customer__name",
        "customer__ref",
        "customer__email",
        "shipments__tracking_number",
    )
    autocomplete_fields = ("customer",)
    fields = (
        ("number", "status"),
        "customer",
        ("placed_at", "delivered_at"),
        ("cancelled_at", "cancel_reason"),
        ("currency", "sum"),
        "address",
    )
    # A form is as old as the moment it was opened: saved, it must not take back what
    # the bot did to the order meanwhile.
    readonly_fields = (
        "number",
        "status",
        "delivered_at",
        "cancelled_at",
        "cancel_reason",
        "sum",
    )
    inlines = (LineRows, PaymentRows, ShipmentRows)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        orders: QuerySet[Order] = super().get_queryset(request)
        lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by()
        sums = lines.values("order").annotate(
            sum=Sum(F("quantity") * F("unit_price"), output_field=_MONEY)
        )
        return orders.annotate(
            line_sum=Subquery(sums.values("sum"), output_field=_MONEY)
        )

    @admin.display(description=_("total"), ordering="line_sum")
    def sum(self, order: Any) -> str:
        return f"{order.line_sum or 0:.2f}"


class EventRows(Rows):
    model = ShipmentEvent
    fields = ("at", "status", "place", "text")


@admin.register(Shipment)
class ShipmentAdmin(Admin):
    list_display = (
        "__str__",
        "order",
        "carrier",
        "estimated_delivery",
        "newest",
    )
    list_select_related = ("order",)
    search_fields = ("tracking_number", "order__number")
    list_filter = ("carrier", "estimated_delivery")
    autocomplete_fields = ("order",)
    inlines = (EventRows,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Shipment]:
        shipments: QuerySet[Shipment] = super().get_queryset(request)
        events = ShipmentEvent.objects.filter(shipment=OuterRef("pk"))
        newest = events.order_by("-at", "-pk").values("status")[:1]
        return shipments.annotate(newest_status=Subquery(newest))

    @admin.display(description=_("newest event"))
    def newest(self, shipment: Any) -> str:
        if not shipment.newest_status:
            return ""
        return str(ShipmentEvent.Status(shipment.newest_status).label)


class CaseLineRows(ReadOnlyRows):
    model = CaseLine
    fields = ("line", "product", "quantity")
    readonly_fields = ("product",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CaseLine]:
        lines: QuerySet[CaseLine] = super().get_queryset(request)
        return lines.select_related("line__product", "line__variant")

    @admin.display(description=_("product"))
    def product(self, row: CaseLine) -> str:
        return str(row.line.product)


@admin.register(Case)
class CaseAdmin(NeverMadeByHand):
    list_display = (
        "ref",
        "kind",
        "status",
        "order",
        "customer",
        "opened_at",
        "refund_amount",
    )
    list_filter = ("status", "kind", "opened_at")
    list_select_related = ("order__customer",)
    search_fields = ("ref", "order__number", "order__customer__name")
    fields = (
        ("ref", "kind", "status"),
        ("order", "customer"),
        "reason",
        "opened_at",
        ("refund_amount", "refund_method"),
        "replacement_skus",
    )
    # Staff move a case on; what was agreed with the shopper stays as it was.
    readonly_fields = tuple(
        name
        for row in fields
        for name in ((row,) if isinstance(row, str) else row)
        if name != "status"
    )
    inlines = (CaseLineRows,)

    @admin.display(description=_("customer"))
    def customer(self, case: Case) -> str:
        return str(case.order.customer)
