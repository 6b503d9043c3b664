"""What the shop sells, found by a shopper's words."""

from orders.catalogue.naming import which
from orders.catalogue.search import (
    MEANT,
    Hit,
    asks_for_range,
    examples,
    find,
    kept_index,
    search,
)
from orders.catalogue.vocabulary import Vocabulary, kept_vocabulary, vocabulary

__all__ = [
    "MEANT",
    "Hit",
    "Vocabulary",
    "asks_for_range",
    "examples",
    "find",
    "forget",
    "search",
    "vocabulary",
    "which",
]


def forget() -> None:
    """Drop what this process keeps; the next question reads the catalogue anew."""
    kept_index.forget()
    kept_vocabulary.forget()
