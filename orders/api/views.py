"""Lists of the shop, what they are filtered by, and where one row is found."""

from typing import Any

from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from orders.api.serializers import (
    CaseSerializer,
    CustomerSerializer,
    OrderSerializer,
    ProductSerializer,
)
from orders.models import Case, Customer, Order, Product
from orders.text import UNDETERMINED

# Dots and slashes too: refs are the shop's. PostgreSQL cannot even compare with NUL.
_REF = r"[^\x00]+"


class ProductQuery(serializers.Serializer[Any]):
    category = serializers.CharField(required=False)
    brand = serializers.CharField(required=False)
    active = serializers.BooleanField(required=False)
    updated_after = serializers.DateTimeField(required=False, source="updated_at__gt")


class Products(ReadOnlyModelViewSet[Product]):
    queryset = Product.objects.order_by("ref").prefetch_related("variants")
    serializer_class = ProductSerializer
    query_class = ProductQuery
    lookup_field = "ref"
    lookup_value_regex = _REF
    search_fields = (
        "ref",
        "brand",
        "name__zh",
        "name__en",
        f"name__{UNDETERMINED}",
        "variants__sku",
    )


class OrderQuery(serializers.Serializer[Any]):
    status = serializers.ChoiceField(Order.Status.choices, required=False)
    customer = serializers.CharField(required=False, source="customer__ref")
    placed_after = serializers.DateTimeField(required=False, source="placed_at__gt")
    placed_before = serializers.DateTimeField(required=False, source="placed_at__lt")


class Orders(ReadOnlyModelViewSet[Order]):
    queryset = Order.objects.order_by("-placed_at", "-pk").with_details()
    serializer_class = OrderSerializer
    query_class = OrderQuery
    lookup_field = "number"
    lookup_value_regex = _REF
    search_fields = (
        "number",
        "customer__name",
        "customer__email",
        "shipments__tracking_number",
    )


class CustomerQuery(serializers.Serializer[Any]):
    language = serializers.CharField(required=False)
    email = serializers.CharField(required=False, source="email__iexact")
    phone = serializers.CharField(required=False)
    marketing_opt_in = serializers.BooleanField(required=False)
    created_after = serializers.DateTimeField(required=False, source="created_at__gt")


class Customers(ReadOnlyModelViewSet[Customer]):
    queryset = Customer.objects.order_by("ref").prefetch_related("payment_methods")
    serializer_class = CustomerSerializer
    query_class = CustomerQuery
    lookup_field = "ref"
    lookup_value_regex = _REF
    search_fields = ("ref", "name", "email", "phone")


class CaseQuery(serializers.Serializer[Any]):
    status = serializers.ChoiceField(Case.Status.choices, required=False)
    kind = serializers.ChoiceField(Case.Kind.choices, required=False)
    customer = serializers.CharField(required=False, source="order__customer__ref")
    order = serializers.CharField(required=False, source="order__number")
    opened_after = serializers.DateTimeField(required=False, source="opened_at__gt")


class Cases(ReadOnlyModelViewSet[Case]):
    queryset = (
        Case.objects.order_by("-opened_at", "-pk")
        .select_related("order__customer", "refund_method")
        .prefetch_related("lines__line__variant")
    )
    serializer_class = CaseSerializer
    query_class = CaseQuery
    lookup_field = "ref"
    lookup_value_regex = _REF
    search_fields = ("ref", "order__number", "reason")
