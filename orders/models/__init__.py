"""The nouns of a shop."""

from orders.models.case import Case, CaseLine, Evidence
from orders.models.connector import Connector, ConnectorCall
from orders.models.customer import Customer, PaymentMethod
from orders.models.happening import OrderEvent
from orders.models.intake import NewestNews, ShopEvent
from orders.models.order import Order, OrderLine, Payment, Shipment, ShipmentEvent
from orders.models.policy import PolicyTerms
from orders.models.product import Product, Variant
from orders.models.record import AuditEntry, AuditIsImmutableError, Confirmation

__all__ = [
    "AuditEntry",
    "AuditIsImmutableError",
    "Case",
    "CaseLine",
    "Confirmation",
    "Connector",
    "ConnectorCall",
    "Customer",
    "Evidence",
    "NewestNews",
    "Order",
    "OrderEvent",
    "OrderLine",
    "Payment",
    "PaymentMethod",
    "PolicyTerms",
    "Product",
    "Shipment",
    "ShipmentEvent",
    "ShopEvent",
    "Variant",
]
