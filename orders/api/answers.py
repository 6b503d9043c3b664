"""What the tools answer, for the schema alone; `tools.results` says it."""

from typing import Any

from pydantic import TypeAdapter
from rest_framework import serializers

from orders.policy import Terms
from orders.refusal import Code
from orders.serializers import (
    CaseSerializer,
    CustomerSerializer,
    OrderSerializer,
    Text,
    VariantSerializer,
)


class OrderAnswer(serializers.Serializer[Any]):
    order = OrderSerializer()


class CaseAnswer(serializers.Serializer[Any]):
    case = CaseSerializer()


class OrderOrCaseAnswer(serializers.Serializer[Any]):
    order = OrderSerializer(required=False)
    case = CaseSerializer(
        required=False, help_text="Over the terms' limit: it waits for staff."
    )


class CustomerAnswer(serializers.Serializer[Any]):
    customer = CustomerSerializer()


class FoundCustomer(serializers.Serializer[Any]):
    customer = serializers.CharField()


class Hit(serializers.Serializer[Any]):
    ref = serializers.CharField()
    name = Text()
    category = serializers.CharField()
    price_from = serializers.CharField()
    in_stock = serializers.BooleanField()
    score = serializers.FloatField()


class Hits(serializers.Serializer[Any]):
    products = Hit(many=True)


class Categories(serializers.Serializer[Any]):
    categories = serializers.ListField(child=serializers.CharField())


class VariantAnswer(serializers.Serializer[Any]):
    variant = VariantSerializer()
    product = serializers.CharField()
    name = Text()


class Quote(serializers.Serializer[Any]):
    amount = serializers.CharField()
    method = serializers.CharField(allow_null=True)
    fee = serializers.CharField()
    difference = serializers.CharField(allow_null=True)
    deadline = serializers.DateTimeField(allow_null=True)


class Difference(serializers.Serializer[Any]):
    difference = serializers.CharField()


class ToolDescription(serializers.Serializer[Any]):
    name = serializers.CharField()
    description = serializers.CharField()
    writes = serializers.BooleanField()
    audience = serializers.CharField()
    parameters = serializers.DictField(help_text="JSON schema of the arguments.")
    errors: Any = serializers.ListField(child=serializers.CharField())
    method = serializers.CharField()
    path = serializers.CharField()
    scope = serializers.CharField()


class ToolList(serializers.Serializer[Any]):
    tools = ToolDescription(many=True)


class Result(serializers.Serializer[Any]):
    result = serializers.CharField()


class EvidenceAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    content_type = serializers.CharField()
    added_at = serializers.DateTimeField()


class EvidenceList(serializers.Serializer[Any]):
    evidence = EvidenceAnswer(many=True)


ANYTHING = {"type": "object"}
# Of each write: possible, or the refusal.
_OPTIONS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["possible"],
        "properties": {
            "possible": {"type": "boolean"},
            "code": {"enum": [code.value for code in Code]},
            "sentence": {"type": "string"},
            "facts": {"type": "object"},
            "instead": {"type": "array", "items": {"type": "string"}},
        },
    },
}
_TERMS = TypeAdapter(Terms).json_schema(mode="serialization")

# Tool -> the form of its answer.
ANSWERS: dict[str, Any] = {
    "find_customer": FoundCustomer,
    "change_default_address": CustomerAnswer,
    "search_products": Hits,
    "list_categories": Categories,
    "get_variant": VariantAnswer,
    "get_terms": {"type": "object", "properties": _TERMS["properties"]},
    "calculate": Result,
    "order_options": _OPTIONS,
    "quote_items": Difference,
    "quote_return": Quote,
    "quote_refund": Quote,
    "quote_exchange": Quote,
    "cancel_order": OrderOrCaseAnswer,
    "change_address": OrderAnswer,
    "change_payment": OrderAnswer,
    "change_items": OrderAnswer,
    "change_delivery": OrderAnswer,
    "open_return": CaseAnswer,
    "open_exchange": CaseAnswer,
    "open_repair": CaseAnswer,
    "open_refund": CaseAnswer,
    "withdraw_case": CaseAnswer,
    "approve_case": CaseAnswer,
    "reject_case": CaseAnswer,
    "receive_case": CaseAnswer,
    "complete_case": CaseAnswer,
}
