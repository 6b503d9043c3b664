"""The shop's pages of the console."""

from orders.admin import (
    cases,
    connectors,
    customers,
    happenings,
    orders,
    products,
    records,
)

__all__ = [
    "cases",
    "connectors",
    "customers",
    "happenings",
    "orders",
    "products",
    "records",
]
