"""Answers from the index; prices and stock are always read fresh."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from orders.catalogue import kinds
from orders.catalogue.index import Index, Scores
from orders.catalogue.kept import Kept
from orders.catalogue.postings import Rows
from orders.catalogue.reading import read_index, renew
from orders.catalogue.terms import fold
from orders.models import Product, Variant

# A hit has at least this share of the words, and this share of the best hit's score.
FLOOR = 0.25
BESIDE_BEST = 0.6
BESIDE_BEST_OF_KIND = 0.4
# From here on a product is likely the one that was meant.
MEANT = 0.5

_CODE = re.compile(r"[\w-]+", re.ASCII)
_RANGE = re.compile(
    r"\bwhat(?: all| else| kinds? of (?:things?|products?|goods|stuff)"
    r"| (?:things?|products?|goods|categor\w+))?"
    r" (?:do|can|does) (?:you|your (?:shop|store)|this (?:shop|store)|i|we)"
    r" (?:guys )?(?:sell|stock|carry|offer|buy(?: here)?)\b"
    r"|\bwhat(?:'s| is) (?:for sale|in (?:the|your) (?:shop|store))\b"
    r"|(?:卖|出售|经营)(?:的|些|的都)?(?:是)?(?:什么|哪些|啥)(?:东西|商品|产品|货)?(?:[呢啊呀的吗?？。!！ ]|$)"
    r"|(?:有|有些)(?:什么|哪些|啥)(?:商品|产品|东西|货|品类|类目|种类)"
)
_NO_OPTIONS: Mapping[str, str] = {}
# So many products are asked first whether they are as wished.
_FIRST = 20


@dataclass(frozen=True, kw_only=True)
class Hit:
    product: Product
    # From 0 to 1.
    score: float
    # Of the variants asked for.
    price: Decimal
    in_stock: bool


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """Rows of the index, best first, and their scores."""

    rows: Rows
    scores: Scores

    def only(self, wanted: NDArray[np.bool_]) -> "Ranked":
        kept = wanted[self.rows]
        return Ranked(rows=self.rows[kept], scores=self.scores[kept])


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a variant must be like."""

    price_min: Decimal | None = None
    price_max: Decimal | None = None
    options: Mapping[str, str]
    in_stock: bool = False

    @property
    def in_database(self) -> Q:
        asked = Q(stock__gte=1) if self.in_stock else Q()
        if self.price_min is not None:
            asked &= Q(price__gte=self.price_min)
        if self.price_max is not None:
            asked &= Q(price__lte=self.price_max)
        return asked

    def fits(self, variant: Variant) -> bool:
        wanted, chosen = _folded(self.options), _folded(variant.options)
        return wanted.items() <= chosen.items()


_ANYTHING = Wish(options=_NO_OPTIONS)


def search(
    words: str,
    *,
    language: str,
    category: str = "",
    price_min: Decimal | None = None,
    price_max: Decimal | None = None,
    options: Mapping[str, str] = _NO_OPTIONS,
    in_stock: bool = False,
    limit: int = 5,
) -> list[Hit]:
    """Find products to offer, best first; words that say nothing match all, at 0."""
    index = kept_index.now()
    ranked = (
        _examples(index) if asks_for_range(words) else _ranked(index, words, language)
    )
    if category:
        ranked = ranked.only(index.in_category(category))
    wish = Wish(
        price_min=price_min, price_max=price_max, options=options, in_stock=in_stock
    )
    return _hits(index, ranked, wish, limit)


def find(words: str, *, language: str, limit: int = 5) -> list[Hit]:
    """Find which products the words may mean, best first; none below `MEANT`."""
    index = kept_index.now()
    covered = index.covered(words)
    if covered is None:
        return []
    scores = np.maximum(covered, index.named(words))
    for code in _CODE.findall(words.casefold()):
        row = index.row_of(code)
        if row is not None:
            scores[row] = 1.0
    ranked = _sorted(index, scores, MEANT, language)
    return _hits(index, ranked, _ANYTHING, limit)


def asks_for_range(words: str) -> bool:
    """Whether it is asked what the shop sells at all."""
    return bool(_RANGE.search(fold(words)))


def examples(*, language: str, limit: int = 20) -> list[Hit]:
    """One product of each category, the largest category first."""
    index = kept_index.now()
    ranked = _examples(index)
    return _hits(index, ranked, _ANYTHING, limit)


def _examples(index: Index) -> Ranked:
    firsts = [rows[0] for rows in index.largest_categories()]
    return Ranked(rows=np.array(firsts, np.int32), scores=np.zeros(len(firsts)))


def _ranked(index: Index, words: str, language: str) -> Ranked:
    scores = index.covered(words)
    if scores is None:
        return Ranked(rows=index.rows, scores=np.zeros(len(index.rows)))
    best = float(scores.max(initial=0.0))
    beside = BESIDE_BEST_OF_KIND if kinds.said(words) else BESIDE_BEST
    return _sorted(index, scores, max(FLOOR, best * beside), language)


def _sorted(index: Index, scores: Scores, least: float, language: str) -> Ranked:
    rows = np.flatnonzero(scores >= least).astype(np.int32)
    rounded = np.round(scores[rows], 4)
    order = np.lexsort((index.by_name(language)[rows], -rounded))
    return Ranked(rows=rows[order], scores=rounded[order])


def _hits(index: Index, ranked: Ranked, wish: Wish, limit: int) -> list[Hit]:
    # Nearly all that is in the index can be had: no more is asked for than is shown.
    first = limit if wish == _ANYTHING else _FIRST
    return list(islice(_fitting(index, ranked, wish, first), limit))


def _fitting(index: Index, ranked: Ranked, wish: Wish, first: int) -> Iterator[Hit]:
    for start, end in _parts(len(ranked.rows), first):
        products = index.products[ranked.rows[start:end]].tolist()
        variants = _variants(products, wish)
        for product, score in zip(products, ranked.scores[start:end], strict=True):
            fitting = variants[product]
            if fitting:
                yield Hit(
                    product=fitting[0].product,
                    score=float(score),
                    price=min(variant.price for variant in fitting),
                    in_stock=any(variant.stock > 0 for variant in fitting),
                )


def _parts(count: int, first: int) -> Iterator[tuple[int, int]]:
    """Cut into parts, small ones first: mostly the first one is enough."""
    start, size = 0, first
    while start < count:
        yield start, start + size
        start, size = start + size, size * 4


def _variants(products: Iterable[int], wish: Wish) -> dict[int, list[Variant]]:
    found: dict[int, list[Variant]] = defaultdict(list)
    fresh = Variant.objects.filter(wish.in_database, product__in=products)
    for variant in fresh.filter(product__active=True).select_related("product"):
        if wish.fits(variant):
            found[variant.product_id].append(variant)
    return found


def _folded(options: Mapping[str, str]) -> dict[str, str]:
    return {key.casefold(): value.casefold() for key, value in options.items()}


kept_index = Kept(read_index, renew)
