"""The words that name a product or a kind of product."""

from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots import product_en, product_zh
from bots.dialogue.understand.slots.found import Found
from bots.dialogue.understand.slots.shop import Words


def find(said: Said, words: Words) -> Found[str] | None:
    """Return the product named first, as said, without verbs, options and prices."""
    found = (product_zh.find(said, words), product_en.find(said, words))
    hits = [hit for hit in found if hit]
    return min(hits, key=lambda hit: hit.start, default=None)
