"""The words that name a product or a kind of product."""

from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots import product_en, product_zh
from bots.dialogue.understand.slots.found import Found


def find(said: Said) -> Found[str] | None:
    """Return the product named first, as said, without verbs, options and prices."""
    hits = [hit for hit in (product_zh.find(said), product_en.find(said)) if hit]
    return min(hits, key=lambda hit: hit.start, default=None)
