"""Orders and their parcels."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders import details, options
from orders.admin import searching
from orders.admin.acts import ORDER_ACTS, Acts
from orders.admin.base import Admin, NeverMadeByHand, ReadOnlyRows, Rows
from orders.models import (
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
    fields = ("carrier", "tracking_number", "goods", "estimated_delivery")
    readonly_fields = ("goods",)
    show_change_link = True

    @admin.display(description=_("SKUs"))
    def goods(self, shipment: Shipment) -> str:
        return ", ".join(shipment.skus)


@admin.register(Order)
class OrderAdmin(Acts, NeverMadeByHand):
    acts = ORDER_ACTS
    list_display = ("number", "customer", "status", "placed_at", "sum", "currency")
    list_filter = ("status", "placed_at")
    list_select_related = ("customer",)
    # What has an index: to sort a million rows by anything else takes seconds.
    sortable_by = ("number", "placed_at")
    search_fields = ("number",)
    autocomplete_fields = ("customer",)
    fields = (
        ("number", "status"),
        "customer",
        "placed_at",
        "delivered_at",
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
        "address",
    )
    inlines = (LineRows, PaymentRows, ShipmentRows)

    def possible(self, subject: Order) -> tuple[str, ...]:
        return options.possible(details.read(subject), timezone.now())

    def find(self, words: str) -> Q:
        return searching.orders(words)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        orders: QuerySet[Order] = super().get_queryset(request)
        lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by()
        sums = lines.values("order").annotate(
            sum=Sum(F("quantity") * F("unit_price"), output_field=_MONEY)
        )
        return orders.annotate(
            line_sum=Subquery(sums.values("sum"), output_field=_MONEY)
        )

    @admin.display(description=_("total"))
    def sum(self, order: Any) -> str:
        goods = order.line_sum or Decimal()
        return f"{goods - order.discount + order.shipping_fee:.2f}"


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
    search_fields = ("tracking_number",)
    list_filter = ("estimated_delivery",)
    sortable_by = ()
    autocomplete_fields = ("order",)
    inlines = (EventRows,)

    def find(self, words: str) -> Q:
        return searching.shipments(words)

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
