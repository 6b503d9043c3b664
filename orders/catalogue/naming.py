"""Which of a few known products a shopper's words name."""

from collections.abc import Sequence

from orders.catalogue import kinds
from orders.catalogue.search import search
from orders.catalogue.terms import fold, is_word, terms, without_filler
from orders.models import Product

# How plainly a product is named: by its whole name, by a word of it, by its kind.
WHOLE, WORD, KIND = 3, 2, 1
# "no" is no notebook.
_SHORTEST_WORD, _SHORTEST_PAIR = 3, 2


def which(
    words: str, products: Sequence[Product], *, language: str, loosely: bool = False
) -> list[Product]:
    """Return the products that the words name best, all that are named equally well.

    `loosely` where the words are known to name one of them: then a word that the
    shop's search finds it by is enough.
    """
    plain = without_filler(words).strip()
    if len(plain) < (_SHORTEST_WORD if plain.isascii() else _SHORTEST_PAIR):
        return []
    scores = {product.pk: _score(plain, product) for product in products}
    best = max(scores.values(), default=(0, 0))
    if best > (0, 0):
        return [product for product in products if scores[product.pk] == best]
    return _found(words, products, language) if loosely else []


def _score(plain: str, product: Product) -> tuple[int, int]:
    """How plainly the words name it, and by how many of its words."""
    names = [fold(name) for name in product.name.values()]
    if any(plain in name or name in plain for name in names):
        return WHOLE, max(len(name) for name in names if plain in name or name in plain)
    said = set(terms(plain))
    if hits := max((_hits(said, set(terms(name))) for name in names), default=0):
        return WORD, hits
    own = kinds.of_product(product.name.values(), product.tags, product.category)
    if hits := len(own & kinds.said(plain)):
        return WORD, hits
    kind = {term for tag in (product.category, *product.tags) for term in terms(tag)}
    hits = _hits(said, kind)
    return (KIND, hits) if hits else (0, 0)


def _hits(said: set[str], named: set[str]) -> int:
    return sum(any(_same(word, term) for term in named) for word in said)


def _same(word: str, term: str) -> bool:
    """Whether they are one word; a cut one counts too: "mic", "headphone"."""
    if not is_word(word):
        return len(word) > 1 and word == term
    return len(word) >= _SHORTEST_WORD and (term == word or term.startswith(word))


def _found(words: str, products: Sequence[Product], language: str) -> list[Product]:
    known = {product.pk: product for product in products}
    hits = [
        hit
        for hit in search(words, language=language, limit=50)
        if hit.score and hit.product.pk in known
    ]
    best = max((hit.score for hit in hits), default=0.0)
    return [known[hit.product.pk] for hit in hits if hit.score == best]
