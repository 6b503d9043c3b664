"""tau-bench's reading tools; all ids are exact."""

from fractions import Fraction
from typing import Any

from ecomsupport.taubench import refused
from ecomsupport.taubench.refused import RefusedError
from ecomsupport.taubench.state import cents, tau_address
from orders import arithmetic, lookup
from orders.acting import By
from orders.models import Customer, Order, Product, Variant
from orders.refusal import Code, Refusal
from orders.text import pick


def find_user_by_email(by: By, *, email: str) -> str:
    found = lookup.customer_by_email(email)
    if found is None or found.email.lower() != email.lower():
        raise Refusal(Code.CUSTOMER_NOT_FOUND)
    return found.ref


def find_user_by_name(by: By, *, first_name: str, last_name: str, zip: str) -> str:  # noqa: A002 - the tool's own word
    name = f"{first_name} {last_name}"
    found = lookup.customer_by_name_postcode(name, zip)
    if found is None or found.name.lower() != name.lower():
        raise Refusal(Code.CUSTOMER_NOT_FOUND)
    return found.ref


def user_details(by: By, *, user_id: str) -> dict[str, Any]:
    user = own_profile(by, user_id)
    return {
        "name": user.name,
        "email": user.email,
        "address": tau_address(user.address),
        "payment_methods": list(user.payment_methods.values_list("ref", flat=True)),
        "orders": [order.number for order in lookup.orders_of(user)],
    }


def order_details(by: By, *, order_id: str) -> dict[str, Any]:
    order = own_order(by, order_id)
    return {
        "order_id": order.number,
        "status": order.status,
        "address": tau_address(order.address),
        "items": [[line.variant.sku, cents(line.amount)] for line in order.lines.all()],
    }


def product_details(by: By, *, product_id: str) -> dict[str, Any]:
    product = Product.objects.filter(ref=product_id).first()
    if product is None:
        raise Refusal(Code.PRODUCT_NOT_FOUND)
    variants = [_variant(variant) for variant in product.variants.all()]
    return {"product_id": product.ref, "variants": variants}


def item_details(by: By, *, item_id: str) -> dict[str, Any]:
    variant = Variant.objects.filter(sku=item_id).first()
    if variant is None:
        raise Refusal(Code.VARIANT_NOT_FOUND)
    return _variant(variant)


def product_types(by: By) -> dict[str, str]:
    rows = Product.objects.values_list("name", "ref")
    return dict(sorted((pick(name, "en"), ref) for name, ref in rows))


def calculate(by: By, *, expression: str) -> Fraction:
    """The exact value: whoever compares it rounds."""
    try:
        return arithmetic.calculate(expression)
    except arithmetic.BadExpressionError as error:
        raise RefusedError(refused.BAD_EXPRESSION) from error


def think(by: By, *, thought: str) -> str:
    return ""


def transfer(by: By, *, summary: str) -> str:
    return "Transfer successful"


def own_profile(by: By, ref: str) -> Customer:
    """Who acts, if it is this customer; another's profile is not found."""
    if by.customer is None or by.customer.ref != ref:
        raise Refusal(Code.CUSTOMER_NOT_FOUND)
    return by.customer


def own_order(by: By, number: str) -> Order:
    """The order of exactly this number, if it is of who acts."""
    found = lookup.order_of(by.customer, number) if by.customer else None
    if found is None or found.number != number:
        raise Refusal(Code.ORDER_NOT_FOUND)
    return found


def _variant(variant: Variant) -> dict[str, Any]:
    return {
        "item_id": variant.sku,
        "options": variant.options,
        "available": variant.stock > 0,
        "price": float(variant.price),
    }
