"""What the tools answer, as JSON in the words of the shop's files."""

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from orders import lookup, options, policy
from orders.aftersales import Quote
from orders.catalogue.search import Hit
from orders.changes import ItemChange
from orders.models import Case, Customer, Order, Product, Variant
from orders.refusal import Refusal
from orders.serializers import (
    CaseSerializer,
    CustomerSerializer,
    OrderSerializer,
    ProductSerializer,
    VariantSerializer,
)
from orders.text import as_given

Json = dict[str, Any]


def of_write(result: Order | Case | Customer) -> Json:
    """What a write returned, under the name of its kind."""
    match result:
        case Order():
            fresh = lookup.order_numbered(result.number, None)
            return {"order": dict(OrderSerializer(fresh).data)}
        case Case():
            return {"case": case(result)}
        case Customer():
            return {"customer": dict(CustomerSerializer(result).data)}


def order(order: Order, now: datetime, book: policy.Book | None = None) -> Json:
    """An order with its newest event, its cases, and what can be done with it."""
    event = lookup.newest_event(order)
    return {
        "order": dict(OrderSerializer(order).data),
        "newest_event": None
        if event is None
        else {
            "at": event.at.isoformat(),
            "status": event.status,
            "text": as_given(event.text),
        },
        "cases": [case(one) for one in order.cases.all()],
        "possible": list(options.possible(order, now, book)),
    }


def possible(order: Order, now: datetime) -> Json:
    """Each write on the order: possible, or the refusal."""
    found = options.options(order, now)
    return {
        tool: {"possible": refusal is None} | (refused(refusal) if refusal else {})
        for tool, refusal in found.items()
    }


def refused(refusal: Refusal) -> Json:
    """A refusal with its code, its sentence, and what is possible instead."""
    return {
        "code": refusal.code.value,
        "sentence": refusal.sentence,
        "facts": dict(refusal.facts),
        "instead": list(refusal.instead),
    }


def case(case: Case) -> Json:
    return dict(CaseSerializer(case).data)


def customer(customer: Customer) -> Json:
    return {"customer": dict(CustomerSerializer(customer).data)}


def product(product: Product) -> Json:
    return {"product": dict(ProductSerializer(product).data)}


def variant(variant: Variant) -> Json:
    return {
        "variant": dict(VariantSerializer(variant).data),
        "product": variant.product.ref,
        "name": as_given(variant.product.name),
    }


def hit(hit: Hit) -> Json:
    return {
        "ref": hit.product.ref,
        "name": as_given(hit.product.name),
        "category": hit.product.category,
        "price_from": str(hit.price),
        "in_stock": hit.in_stock,
        "score": hit.score,
    }


def quote(quote: Quote) -> Json:
    return {
        "amount": str(quote.amount),
        "method": quote.method.ref if quote.method else None,
        "fee": str(quote.fee),
        "difference": None if quote.difference is None else str(quote.difference),
        "deadline": quote.deadline.isoformat() if quote.deadline else None,
    }


def item_change(change: ItemChange) -> Json:
    return {"difference": str(change.difference)}


def number(value: Fraction) -> str:
    found = Decimal(value.numerator) / Decimal(value.denominator)
    return format(found.normalize(), "f")


def terms(terms: policy.Terms) -> Json:
    return {name: _plain(value) for name, value in asdict(terms).items()}


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return str(value)
        case frozenset() | tuple():
            return (
                sorted(map(str, value)) if isinstance(value, frozenset) else list(value)
            )
        case dict():
            return {name: _plain(item) for name, item in value.items()}
    return value
