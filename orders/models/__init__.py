"""The nouns of a shop."""

from orders.models.case import Case, CaseLine
from orders.models.customer import Customer, PaymentMethod
from orders.models.order import Order, OrderLine, Payment, Shipment, ShipmentEvent
from orders.models.product import Product, Variant
from orders.models.record import AuditEntry, Confirmation, PolicyTerms

__all__ = [
    "AuditEntry",
    "Case",
    "CaseLine",
    "Confirmation",
    "Customer",
    "Order",
    "OrderLine",
    "Payment",
    "PaymentMethod",
    "PolicyTerms",
    "Product",
    "Shipment",
    "ShipmentEvent",
    "Variant",
]
