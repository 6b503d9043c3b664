"""The shop's pages of the console."""

from orders.admin import customers, orders, products, records

__all__ = ["customers", "orders", "products", "records"]
