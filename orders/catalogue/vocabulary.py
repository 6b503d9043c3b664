"""The shop's own words, for the step that understands the shopper."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from orders.catalogue.kept import Kept
from orders.models import Product, Variant


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    # "size" → {"41", "42"}
    options: Mapping[str, frozenset[str]]
    categories: frozenset[str]
    tags: frozenset[str]
    brands: frozenset[str]
    # "zh" → names in Chinese; "und" where the shop does not say.
    names: Mapping[str, tuple[str, ...]]


def vocabulary() -> Vocabulary:
    return kept_vocabulary.now()


def _read() -> Vocabulary:
    options: dict[str, set[str]] = defaultdict(set)
    names: dict[str, list[str]] = defaultdict(list)
    categories, tags, brands = set(), set(), set()
    for product in Product.objects.filter(active=True).order_by("ref").iterator():
        categories.add(product.category)
        brands.add(product.brand)
        tags.update(product.tags)
        for language, name in product.name.items():
            names[language].append(name)
    variants = Variant.objects.filter(product__active=True)
    for chosen in variants.values_list("options", flat=True).iterator():
        for option, value in chosen.items():
            options[option].add(value)
    return Vocabulary(
        options={option: frozenset(values) for option, values in options.items()},
        categories=frozenset(categories - {""}),
        tags=frozenset(tags),
        brands=frozenset(brands - {""}),
        names={language: tuple(found) for language, found in names.items()},
    )


# Every message asks for it; a new word may wait a moment.
kept_vocabulary = Kept(_read, fresh_for=2.0)
