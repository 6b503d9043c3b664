"""The shop as JSON, in the words of the shop's files."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from orders.models import (
    Case,
    Customer,
    Order,
    OrderLine,
    Payment,
    PaymentMethod,
    Product,
    Shipment,
    ShipmentEvent,
    Variant,
)
from orders.models.worded import Worded
from orders.text import Localized, as_given

_TEXT = {
    "oneOf": [
        {"type": "string"},
        {"type": "object", "additionalProperties": {"type": "string"}},
    ]
}
_TEXTS = {"type": "object", "additionalProperties": _TEXT}


@extend_schema_field(_TEXT)
class Text(serializers.Field[Any, Any, Any, Any]):
    """Plain, or an object of languages."""

    def to_representation(self, value: Localized) -> str | Localized:
        return as_given(value)


@extend_schema_field(_TEXT)
class Wording(serializers.Field[Any, Any, Any, Any]):
    """A plain column, or the object of languages that the shop gave for it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(source="*", **options)

    def to_representation(self, row: Worded) -> str | Localized:
        name = str(self.field_name)
        return row.as_given(name, getattr(row, name))


@extend_schema_field(_TEXTS)
class Texts(serializers.JSONField):
    """An object of such texts under the shop's own names."""


class VariantSerializer(serializers.ModelSerializer[Variant]):
    options = serializers.SerializerMethodField()

    class Meta:
        model = Variant
        fields = ("sku", "options", "price", "stock")

    @extend_schema_field(_TEXTS)
    def get_options(self, variant: Variant) -> dict[str, str | Localized]:
        return {
            option: variant.as_given(option, value)
            for option, value in variant.options.items()
        }


class ProductSerializer(serializers.ModelSerializer[Product]):
    name = Text()
    category = Wording()
    brand = Wording()
    description = Text()
    attributes = serializers.DictField(child=Text())
    tags = serializers.ListField(child=serializers.CharField())
    variants = VariantSerializer(many=True)

    class Meta:
        model = Product
        fields = (
            "ref", "name", "category", "brand", "description", "attributes", "tags",
            "active", "image", "url", "updated_at", "variants",
        )  # fmt: skip


class PaymentMethodSerializer(serializers.ModelSerializer[PaymentMethod]):
    # Named like the attribute that every field has for its title.
    label = Wording()  # type: ignore[assignment]

    class Meta:
        model = PaymentMethod
        fields = ("ref", "kind", "label", "balance")


class CustomerSerializer(serializers.ModelSerializer[Customer]):
    name = Wording()
    tags = serializers.ListField(child=serializers.CharField())
    preferences = serializers.ListField(child=serializers.CharField())
    address = Texts()
    payment_methods = PaymentMethodSerializer(many=True)

    class Meta:
        model = Customer
        fields = (
            "ref", "name", "email", "phone", "language", "timezone", "tags",
            "marketing_opt_in", "preferences", "address", "created_at",
            "payment_methods",
        )  # fmt: skip


class OrderLineSerializer(serializers.ModelSerializer[OrderLine]):
    sku = serializers.CharField(source="variant.sku")
    product = serializers.CharField(source="product.ref")

    class Meta:
        model = OrderLine
        fields = ("sku", "product", "quantity", "unit_price")


class PaymentSerializer(serializers.ModelSerializer[Payment]):
    method = serializers.CharField(source="method.ref", default=None, allow_null=True)

    class Meta:
        model = Payment
        fields = ("kind", "method", "amount", "at")


class ShipmentEventSerializer(serializers.ModelSerializer[ShipmentEvent]):
    place = Text()
    text = Text()

    class Meta:
        model = ShipmentEvent
        fields = ("at", "place", "status", "text")


class ShipmentSerializer(serializers.ModelSerializer[Shipment]):
    carrier = Wording()
    skus = serializers.ListField(child=serializers.CharField())
    events = ShipmentEventSerializer(many=True)

    class Meta:
        model = Shipment
        fields = ("carrier", "tracking_number", "skus", "estimated_delivery", "events")


class OrderSerializer(serializers.ModelSerializer[Order]):
    customer = serializers.CharField(source="customer.ref")
    total = serializers.DecimalField(max_digits=14, decimal_places=2)
    address = Texts()
    lines = OrderLineSerializer(many=True)
    payments = PaymentSerializer(many=True)
    shipments = ShipmentSerializer(many=True)

    class Meta:
        model = Order
        fields = (
            "number", "customer", "placed_at", "status", "currency", "total", "lines",
            "address", "payments", "shipments", "delivered_at", "cancelled_at",
            "cancel_reason",
        )  # fmt: skip


class RefundSerializer(serializers.Serializer[Case]):
    amount: Any = serializers.DecimalField(
        source="refund_amount", max_digits=12, decimal_places=2
    )
    method = serializers.CharField(
        source="refund_method.ref", default=None, allow_null=True
    )


class CaseSerializer(serializers.ModelSerializer[Case]):
    order = serializers.CharField(source="order.number")
    customer = serializers.CharField(source="order.customer.ref")
    skus = serializers.SerializerMethodField()
    reason = Wording()
    refund = serializers.SerializerMethodField()
    replacement_skus = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Case
        fields = (
            "ref", "kind", "order", "customer", "skus", "status", "reason", "opened_at",
            "refund", "replacement_skus",
        )  # fmt: skip

    def get_skus(self, case: Case) -> list[str]:
        return case.skus

    @extend_schema_field(RefundSerializer(allow_null=True))
    def get_refund(self, case: Case) -> dict[str, Decimal] | None:
        return None if case.refund_amount is None else RefundSerializer(case).data
