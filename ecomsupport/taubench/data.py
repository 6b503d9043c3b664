"""Brings the retail data into the shop, through the importer of any shop's files."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ecomsupport.taubench import files
from ecomsupport.taubench.problem import BenchError
from orders import importing
from orders.models import PolicyTerms

# Ours for tau-bench's; both ways without loss.
ADDRESS = {
    "address1": "line1",
    "address2": "line2",
    "city": "city",
    "state": "region",
    "country": "country",
    "zip": "postcode",
}
CANCEL_REASONS = ["no longer needed", "ordered by mistake"]

Line = dict[str, Any]


def import_shop(directory: Path, *, at: datetime) -> None:
    """Fill the empty shop with the data, as of `at`; raises BenchError.

    The data have no dates: `at` is when everything was ordered.
    """
    users = files.read(directory / "users.json", files.User)
    products = files.read(directory / "products.json", files.Product)
    orders = files.read(directory / "orders.json", files.Order)
    with TemporaryDirectory() as name:
        shop = Path(name)
        _write(shop / "customers.jsonl", map(_customer, users, users.values()))
        _write(shop / "products.jsonl", map(_product, products, products.values()))
        _write(shop / "orders.jsonl", map(_order(at), orders, orders.values()))
        for tally in importing.import_shop(shop):
            for rejection in tally.rejected:
                raise BenchError(f"{directory}: {rejection}")


def set_terms(at: datetime, *, same_variant_change: bool = True) -> PolicyTerms:
    """The terms that the cases were made for; windows have no end: there are no dates."""
    return PolicyTerms.objects.create(
        valid_from=at,
        return_days=None,
        exchange_days=None,
        warranty_days=None,
        cancel_reasons=CANCEL_REASONS,
        approval_limit=None,
        cancel_approval_limit=None,
        item_change_closes_order=True,
        same_variant_change=same_variant_change,
        same_variant_exchange=True,
        one_case_an_order=True,
    )


def address(given: dict[str, str]) -> dict[str, str]:
    """Our address for one of tau-bench's."""
    return {ours: given[theirs] for theirs, ours in ADDRESS.items()}


def _write(path: Path, lines: Iterable[Line]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line) + "\n")


def _customer(ref: str, user: files.User) -> Line:
    return {
        "ref": ref,
        "name": f"{user.name.first_name} {user.name.last_name}",
        "email": user.email,
        "language": "en",
        "address": address(user.address.model_dump()),
        "payment_methods": [
            {
                "ref": method_ref,
                "kind": method.source,
                "label": f"{method.brand} {method.last_four}".strip(),
                "balance": None if method.balance is None else _money(method.balance),
            }
            for method_ref, method in user.payment_methods.items()
        ],
    }


def _product(ref: str, product: files.Product) -> Line:
    return {
        "ref": ref,
        "name": product.name,
        "variants": [
            {
                "sku": sku,
                "options": variant.options,
                "price": _money(variant.price),
                # `available` is a flag that no sale lowers.
                "stock": int(variant.available),
                "counted": False,
            }
            for sku, variant in product.variants.items()
        ],
    }


def _order(at: datetime) -> Callable[[str, files.Order], Line]:
    def line(number: str, order: files.Order) -> Line:
        return {
            "number": number,
            "customer": order.user_id,
            "placed_at": at.isoformat(),
            "status": order.status,
            "currency": "USD",
            "lines": [
                {
                    "sku": item.item_id,
                    "product": item.product_id,
                    "quantity": 1,
                    "unit_price": _money(item.price),
                }
                for item in order.items
            ],
            "address": address(order.address.model_dump()),
            "payments": [
                {
                    "kind": payment.transaction_type,
                    "method": payment.payment_method_id,
                    "amount": _money(payment.amount),
                    "at": at.isoformat(),
                }
                for payment in order.payment_history
            ],
            "shipments": [
                {
                    "tracking_number": " ".join(fulfillment.tracking_id),
                    "skus": fulfillment.item_ids,
                }
                for fulfillment in order.fulfillments
            ],
        }

    return line


def _money(amount: Decimal) -> str:
    return str(amount.quantize(Decimal("0.01"), ROUND_HALF_UP))
