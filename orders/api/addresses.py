"""Where each tool is found over HTTP: one address, and the scope that it takes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Address:
    """`{name}` in the path is the tool's argument of that name."""

    tool: str
    method: str
    path: str
    # "" is for everybody who has logged in.
    scope: str
    status: int = 200
    # A list or one of its rows answers it, in the words of the shop's files.
    by_list: bool = False

    @property
    def named(self) -> tuple[str, ...]:
        """The arguments that are in the path."""
        return tuple(re.findall(r"{(\w+)}", self.path))


def _list(tool: str, path: str, scope: str) -> Address:
    return Address(tool=tool, method="GET", path=path, scope=scope, by_list=True)


def _get(tool: str, path: str, scope: str) -> Address:
    return Address(tool=tool, method="GET", path=path, scope=scope)


def _post(tool: str, path: str, scope: str, *, status: int = 200) -> Address:
    return Address(tool=tool, method="POST", path=path, scope=scope, status=status)


_TABLE = (
    _list("get_customer", "customers/{customer}/", "customers:read"),
    _get("find_customer", "customers/find/", "customers:read"),
    _post("change_default_address", "customers/{customer}/address/", "customers:write"),
    _list("get_product", "products/{ref}/", "products:read"),
    _post("search_products", "products/search/", "products:read"),
    _get("list_categories", "categories/", "products:read"),
    _get("get_variant", "variants/{sku}/", "products:read"),
    _get("get_terms", "terms/", "terms:read"),
    _post("calculate", "calculate/", ""),
    _list("list_orders", "orders/", "orders:read"),
    _list("get_order", "orders/{number}/", "orders:read"),
    _get("order_options", "orders/{number}/options/", "orders:read"),
    _post("quote_items", "orders/{number}/quotes/items/", "orders:read"),
    _post("quote_return", "orders/{number}/quotes/return/", "orders:read"),
    _post("quote_refund", "orders/{number}/quotes/refund/", "orders:read"),
    _post("quote_exchange", "orders/{number}/quotes/exchange/", "orders:read"),
    _post("cancel_order", "orders/{number}/cancel/", "orders:write"),
    _post("change_address", "orders/{number}/address/", "orders:write"),
    _post("change_payment", "orders/{number}/payment/", "orders:write"),
    _post("change_items", "orders/{number}/items/", "orders:write"),
    _post("change_delivery", "orders/{number}/delivery/", "orders:write"),
    _post("open_return", "orders/{number}/returns/", "cases:write", status=201),
    _post("open_exchange", "orders/{number}/exchanges/", "cases:write", status=201),
    _post("open_repair", "orders/{number}/repairs/", "cases:write", status=201),
    _post("open_refund", "orders/{number}/refunds/", "cases:write", status=201),
    _list("get_case", "cases/{ref}/", "cases:read"),
    _post("withdraw_case", "cases/{ref}/withdraw/", "cases:write"),
    _post("approve_case", "cases/{ref}/approve/", "cases:decide"),
    _post("reject_case", "cases/{ref}/reject/", "cases:decide"),
    _post("receive_case", "cases/{ref}/receive/", "cases:decide"),
    _post("complete_case", "cases/{ref}/complete/", "cases:decide"),
)
ADDRESSES: Mapping[str, Address] = {address.tool: address for address in _TABLE}
