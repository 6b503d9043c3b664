"""The catalogue in memory: kept per process, read anew when it has changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from orders.catalogue.spelling import Spelling
from orders.catalogue.terms import head, is_word, terms, weight, without_filler
from orders.models import Product, Variant
from orders.text import Localized

Scores: TypeAlias = NDArray[np.float64]
Terms: TypeAlias = dict[str, float]

# What a term counts by the field it stands in.
_NAME, _KIND, _BRAND, _ATTRIBUTE, _DESCRIPTION = 1.0, 0.9, 0.8, 0.6, 0.4
# Chinese is written without spaces: a pair across two words is often in no product.
_UNKNOWN_PAIR = 0.3
# A shopper who asks for bluetooth earphones is better served by any earphones than by
# anything with bluetooth.
_HEAD = 2.0


@dataclass(frozen=True, kw_only=True)
class Entry:
    product_id: int
    category: str
    names: Localized
    terms: Terms


class Index:
    def __init__(self, entries: list[Entry], codes: Mapping[str, int]) -> None:
        self.entries = entries
        # Folded refs and SKUs, and the position of their product.
        self.codes = codes
        found = Counter(term for entry in entries for term in entry.terms)
        self._columns = {term: column for column, term in enumerate(found)}
        counts = np.fromiter(found.values(), float, len(found))
        self._rarity = np.log1p(len(entries) / counts) if entries else counts
        self._most_rare = float(np.log1p(len(entries)))
        self._spelling = Spelling([term for term in found if is_word(term)])
        self._fields = self._matrix([entry.terms for entry in entries])
        names = [
            (row, set(terms(name)))
            for row, entry in enumerate(entries)
            for name in entry.names.values()
        ]
        self._name_rows = np.array([row for row, _terms in names], int)
        self._names = self._matrix([self._shares(name) for _row, name in names])

    def covered(self, words: str) -> Scores | None:
        """Score how much of the words each product has; None if they say nothing."""
        wanted = self._wanted(words)
        total = sum(share for _column, share, _known in wanted)
        if not total:
            return None
        query = np.zeros(len(self._columns))
        for column, share, known in wanted:
            if column is not None:
                query[column] += share * known
        scores: Scores = self._fields @ query / total
        return scores

    def named(self, words: str) -> Scores:
        """Score how much of each product's name is in the words."""
        query = np.zeros(len(self._columns))
        for column, _share, known in self._wanted(words):
            if column is not None:
                query[column] = max(query[column], known)
        best = np.zeros(len(self.entries))
        np.maximum.at(best, self._name_rows, self._names @ query)
        return best

    def _wanted(self, words: str) -> list[tuple[int | None, float, float]]:
        """Give each term's column, its share and how surely it is the term meant."""
        wanted = []
        things = head(words)
        for term in dict.fromkeys(terms(without_filler(words))):
            column, known = self._columns.get(term), 1.0
            if column is None and is_word(term):
                meant, known = self._spelling.nearest(term)
                column = self._columns.get(meant)
            if column is not None:
                share = weight(term) * self._rarity[column]
            else:
                doubt = 1.0 if is_word(term) else _UNKNOWN_PAIR
                share = weight(term) * doubt * self._most_rare
            if term in things:
                share *= _HEAD
            wanted.append((column, share, known))
        return wanted

    def _shares(self, name: Iterable[str]) -> Terms:
        weights = {t: weight(t) * self._rarity[self._columns[t]] for t in name}
        total = sum(weights.values())
        return {term: share / total for term, share in weights.items()}

    def _matrix(self, rows: list[Terms]) -> csr_matrix:
        starts = np.cumsum([0, *(len(row) for row in rows)])
        columns = [self._columns[term] for row in rows for term in row]
        values = [value for row in rows for value in row.values()]
        shape = (len(rows), len(self._columns))
        return csr_matrix((values, columns, starts), shape=shape, dtype=float)


def read_index() -> Index:
    """Read the active products that have something to sell."""
    skus: dict[int, list[str]] = defaultdict(list)
    variants = Variant.objects.filter(product__active=True)
    for owner, sku in variants.values_list("product_id", "sku").iterator():
        skus[owner].append(sku)
    entries: list[Entry] = []
    codes: dict[str, int] = {}
    for product in Product.objects.filter(active=True).order_by("ref").iterator():
        if product.pk in skus:
            for code in (product.ref, *skus[product.pk]):
                codes[code.casefold()] = len(entries)
            entries.append(_entry(product))
    return Index(entries, codes)


def _entry(product: Product) -> Entry:
    attributes = product.attributes.items()
    fields = [
        *((name, _NAME) for name in product.name.values()),
        *((tag, _KIND) for tag in (product.category, *product.tags)),
        (product.brand, _BRAND),
        *((key, _ATTRIBUTE) for key, _texts in attributes),
        *((text, _ATTRIBUTE) for _k, texts in attributes for text in texts.values()),
        *((text, _DESCRIPTION) for text in product.description.values()),
    ]
    found: Terms = {}
    for text, worth in fields:
        for term in terms(text):
            found[term] = max(found.get(term, 0.0), worth)
    return Entry(
        product_id=product.pk,
        category=product.category,
        names=product.name,
        terms=found,
    )
