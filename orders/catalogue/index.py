"""The catalogue in memory: kept per process, read anew when it has changed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from orders.catalogue import kinds
from orders.catalogue.spelling import Spelling
from orders.catalogue.terms import (
    fold,
    head,
    is_word,
    runs,
    singular,
    terms,
    weight,
    without_filler,
)
from orders.models import Product, Variant
from orders.text import Localized, pick

Scores: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]
Terms: TypeAlias = dict[str, float]

# What a term counts by the field it stands in.
_NAME, _KIND, _BRAND, _ATTRIBUTE, _DESCRIPTION = 1.0, 0.9, 0.8, 0.6, 0.4
# Chinese is written without spaces: a pair across two words is often in no product.
_UNKNOWN_PAIR = 0.3
# A shopper who asks for bluetooth earphones is better served by any earphones than by
# anything with bluetooth.
_HEAD = 2.0
# What the very word counts beside the kind that it names.
_OWN_WORD = 0.3
# What goes with a thing is less meant than the thing.
_BESIDE = 0.8
# Where the thing itself is in no product, what it is like must say a lot.
_DOUBTED = 0.5
# An option or an amount, unless it is in a name.
_MEASURE = re.compile(r"\d+(?:gb|g|tb|t|ml|l|cm|mm|m|mah|w|v|kg|in|inch|oz)?")


@dataclass(frozen=True, kw_only=True)
class Entry:
    product_id: int
    category: str
    names: Localized
    terms: Terms
    # What it is found by: its description and attributes only say what it is like.
    telling: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A term's column, its share, and how surely it is the term meant."""

    term: str
    column: int | None
    share: float
    known: float


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
        # Which rows have it: asked of every row in turn, a large shop is too slow.
        self._told = _rows_of(entry.telling for entry in entries)
        self._of_kind = _rows_of(entry.kinds for entry in entries)
        self._of_category = _rows_of([e.category.casefold()] for e in entries)
        self._places: dict[str, Rows] = {}
        said = {term for term in self._told if is_word(term) and not term.isdigit()}
        self._spelling = Spelling(sorted(said | kinds.table().words))
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
        words = self._spelt(words)
        wanted = self._wanted(words)
        total = sum(one.share for one in wanted)
        if not total:
            return None
        query = np.zeros(len(self._columns))
        for one in wanted:
            if one.column is not None:
                query[one.column] += one.share * one.known
        scores: Scores = self._fields @ query / total
        return scores * self._fitting(words, wanted, scores)

    def named(self, words: str) -> Scores:
        """Score how much of each product's name is in the words."""
        words = self._spelt(words)
        query = np.zeros(len(self._columns))
        for one in self._wanted(words):
            if one.column is not None:
                query[one.column] = max(query[one.column], one.known)
        best = np.zeros(len(self.entries))
        np.maximum.at(best, self._name_rows, self._names @ query)
        return best * self._aside(kinds.said(words))

    def _fitting(self, words: str, wanted: list[Wanted], scores: Scores) -> Scores:
        """Rule out what is of another kind, or is found by a trifle only."""
        asked = kinds.said(words)
        if asked:
            return self._having(self._of_kind, asked) * self._aside(asked)
        said = {one.term for one in wanted if one.column is not None and one.known}
        fitting = self._having(self._told, said) * self._aside(asked)
        things = {term for term in head(words) if is_word(term)}
        if things and not things & self._told.keys():
            fitting *= scores >= _DOUBTED
        return fitting

    def _aside(self, asked: set[str]) -> Scores:
        """Put what goes with a thing behind it, unless it was asked for."""
        aside = self._having(self._of_kind, kinds.table().beside - asked)
        aside[self._having(self._of_kind, asked) > 0] = 0
        return np.where(aside > 0, _BESIDE, 1.0)

    def _having(self, rows: Mapping[str, Rows], any_of: Iterable[str]) -> Scores:
        """1 for each row that has any of them, else 0."""
        found = np.zeros(len(self.entries))
        for one in any_of:
            if one in rows:
                found[rows[one]] = 1.0
        return found

    def in_category(self, category: str) -> NDArray[np.bool_]:
        found = np.zeros(len(self.entries), bool)
        found[self._of_category.get(category.casefold(), _NO_ROWS)] = True
        return found

    def largest_categories(self) -> list[Rows]:
        """The rows of each category, the largest one first."""
        return sorted(self._of_category.values(), key=len, reverse=True)

    def by_name(self, language: str) -> Rows:
        """Each row's place among all by their names."""
        if language not in self._places:
            names = [pick(entry.names, language) for entry in self.entries]
            order = sorted(range(len(names)), key=names.__getitem__)
            places = np.empty(len(names), np.intp)
            places[order] = np.arange(len(names))
            self._places[language] = places
        return self._places[language]

    def _spelt(self, words: str) -> str:
        """Put the words that the shop knows for those that are misspelt."""
        text = fold(words)
        known = kinds.table().words
        for run, _start in list(runs(without_filler(text))):
            term = singular(run)
            if not is_word(run) or term in self._columns or term in known:
                continue
            meant, _alike = self._spelling.nearest(term)
            if meant:
                text = re.sub(rf"\b{re.escape(run)}\b", meant, text)
        return text

    def _wanted(self, words: str) -> list[Wanted]:
        mentions = kinds.wanted(words)
        own = {term for mention in mentions for term in terms(mention.text)}
        things = own or head(words)
        wanted = []
        for kind in dict.fromkeys(k for one in mentions for k in kinds.narrowest(one)):
            column = self._columns.get(kind)
            rarity = self._most_rare if column is None else self._rarity[column]
            wanted.append(
                Wanted(term=kind, column=column, share=_HEAD * rarity, known=1.0)
            )
        rest = without_filler(words)
        for mention in mentions:
            rest = rest.replace(mention.text, f" {mention.text} ")
        for term in dict.fromkeys(terms(rest)):
            column = self._columns.get(term)
            if column is None and (term in own or _MEASURE.fullmatch(term)):
                continue
            if column is not None:
                share = weight(term) * self._rarity[column]
            else:
                doubt = 1.0 if is_word(term) else _UNKNOWN_PAIR
                share = weight(term) * doubt * self._most_rare
            if term in things:
                share *= _HEAD
            if term in own:
                share *= _OWN_WORD
            wanted.append(Wanted(term=term, column=column, share=share, known=1.0))
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


_NO_ROWS: Rows = np.empty(0, np.intp)


def _rows_of(entries: Iterable[Iterable[str]]) -> dict[str, Rows]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, own in enumerate(entries):
        for one in own:
            rows[one].append(row)
    return {one: np.array(found, np.intp) for one, found in rows.items()}


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


@lru_cache(maxsize=20_000)
def _terms(text: str) -> tuple[str, ...]:
    """Categories, brands and attributes say the same of many products."""
    return tuple(terms(text))


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
    telling: set[str] = set()
    for text, worth in fields:
        for term in _terms(text):
            found[term] = max(found.get(term, 0.0), worth)
            if worth >= _BRAND and (len(term) > 1 or is_word(term)):
                telling.add(term)
    own = kinds.of_product(product.name.values(), product.tags, product.category)
    found |= dict.fromkeys(own, _NAME)
    return Entry(
        product_id=product.pk,
        category=product.category,
        names=product.name,
        terms=found,
        telling=frozenset(telling),
        kinds=frozenset(own),
    )
