"""Lists of the shop, what they are filtered by, and where one row is found."""

from typing import Any

from django.db.models.functions import Lower
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from orders.api import searching
from orders.api.upserts import Rows
from orders.api.urls import REF
from orders.models import Case, Customer, Order, Product
from orders.serializers import (
    CaseSerializer,
    CustomerSerializer,
    OrderSerializer,
    ProductSerializer,
)


class LowerField(serializers.CharField):
    """Text whose letter case does not matter."""

    def to_internal_value(self, data: Any) -> str:
        return super().to_internal_value(data).lower()


def _put(name: str, serializer: type[serializers.BaseSerializer[Any]]) -> Any:
    """How the schema tells of PUT."""
    return extend_schema_view(
        update=extend_schema(
            operation_id=f"put_{name}",
            request=serializer,
            responses={200: serializer, 201: serializer},
        )
    )


class ProductQuery(serializers.Serializer[Any]):
    category = serializers.CharField(required=False)
    brand = serializers.CharField(required=False)
    active = serializers.BooleanField(required=False)
    updated_after = serializers.DateTimeField(required=False, source="updated_at__gt")


@_put("product", ProductSerializer)
class Products(Rows[Product]):
    queryset = Product.objects.order_by("ref").prefetch_related("variants")
    serializer_class = ProductSerializer
    query_class = ProductQuery
    lookup_field = "ref"
    lookup_value_regex = REF
    event = "product.updated"
    find = staticmethod(searching.product)


class OrderQuery(serializers.Serializer[Any]):
    status = serializers.ChoiceField(Order.Status.choices, required=False)
    customer = serializers.CharField(required=False, source="customer__ref")
    placed_after = serializers.DateTimeField(required=False, source="placed_at__gt")
    placed_before = serializers.DateTimeField(required=False, source="placed_at__lt")


@_put("order", OrderSerializer)
class Orders(Rows[Order]):
    queryset = Order.objects.order_by("-placed_at", "-pk").with_details()
    serializer_class = OrderSerializer
    query_class = OrderQuery
    lookup_field = "number"
    lookup_value_regex = REF
    event = "order.updated"
    find = staticmethod(searching.order)


class CustomerQuery(serializers.Serializer[Any]):
    language = serializers.CharField(required=False)
    email = LowerField(required=False, source="email_lower")
    phone = serializers.CharField(required=False)
    marketing_opt_in = serializers.BooleanField(required=False)
    created_after = serializers.DateTimeField(required=False, source="created_at__gt")


@_put("customer", CustomerSerializer)
class Customers(Rows[Customer]):
    queryset = (
        Customer.objects.order_by("ref")
        .alias(email_lower=Lower("email"))
        .prefetch_related("payment_methods")
    )
    serializer_class = CustomerSerializer
    query_class = CustomerQuery
    lookup_field = "ref"
    lookup_value_regex = REF
    event = "customer.updated"
    find = staticmethod(searching.customer)


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
    lookup_value_regex = REF
    find = staticmethod(searching.case)
