"""Reads products, each as the terms by which it is found."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from django.db.models import QuerySet

from orders.catalogue import kinds
from orders.catalogue.terms import terms
from orders.models import Product, Variant
from orders.text import Localized

# What a term counts by the field it stands in; a level is a place in this list.
WORTHS = (0.4, 0.6, 0.8, 0.9, 1.0)
DESCRIPTION, ATTRIBUTE, BRAND, KIND, NAME = range(5)

Levels: TypeAlias = dict[str, int]

_COLUMNS = (
    "pk", "ref", "name", "category", "brand", "description", "attributes", "tags",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    product: int
    # Its ref and its SKUs, folded.
    codes: tuple[str, ...]
    category: str
    names: Localized
    # Its kinds are among them.
    terms: Levels


def read_entries(products: QuerySet[Product]) -> Iterator[Entry]:
    """Yield those on sale that have something to sell, in the order of their refs."""
    selling = products.filter(active=True).order_by()
    skus: dict[int, list[str]] = defaultdict(list)
    variants = Variant.objects.filter(product__in=selling).order_by()
    for owner, sku in variants.values_list("product_id", "sku").iterator():
        skus[owner].append(sku.casefold())
    # The columns alone: a model of each takes longer, and more memory.
    for row in selling.order_by("ref").values(*_COLUMNS).iterator():
        own = skus.pop(row["pk"], None)
        if own is not None:
            yield _entry(row, own)


def _entry(row: dict[str, Any], skus: list[str]) -> Entry:
    return Entry(
        product=row["pk"],
        codes=(row["ref"].casefold(), *skus),
        category=row["category"],
        names=row["name"],
        terms=_terms_of(row),
    )


def _terms_of(row: dict[str, Any]) -> Levels:
    found: Levels = {}
    for text, level in _fields(row):
        for term in _terms(text):
            found[term] = max(found.get(term, 0), level)
    own = kinds.of_product(row["name"].values(), row["tags"], row["category"])
    return found | dict.fromkeys(own, NAME)


def _fields(row: dict[str, Any]) -> Iterator[tuple[str, int]]:
    yield from ((name, NAME) for name in row["name"].values())
    yield from ((tag, KIND) for tag in (row["category"], *row["tags"]))
    yield row["brand"], BRAND
    for key, texts in row["attributes"].items():
        yield key, ATTRIBUTE
        yield from ((text, ATTRIBUTE) for text in texts.values())
    yield from ((text, DESCRIPTION) for text in row["description"].values())


@lru_cache(maxsize=20_000)
def _terms(text: str) -> tuple[str, ...]:
    """Categories, brands and attributes say the same of many products."""
    return tuple(dict.fromkeys(terms(text)))
