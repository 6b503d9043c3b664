"""The shop over HTTP, for the shop's own systems; read-only."""

from orders.api.views import Cases, Customers, Orders, Products

__all__ = ["Cases", "Customers", "Orders", "Products"]
