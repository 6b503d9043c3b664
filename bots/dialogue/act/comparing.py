"""Which products a comparison is about."""

import re

from bots.dialogue.act import browsing
from bots.dialogue.act.talk import Talk
from orders import catalogue
from orders.models import Product

MOST = 3
_COMPARES = re.compile(
    r"\bcompar\w+|\bdifferences?\b|\bdiffer\b|\bversus\b|\bvs\b\.?|\bbetter\b"
    r"|区别|不同|差别|差异|对比|比较|比起来|哪个更?好|哪款更?好",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\b(?:and|with|to|or|than|between|vs)\b|[和跟与,，、;；]|还是|相比", re.IGNORECASE
)
_IT = re.compile(r"\b(?:it|this|that)\b|这个|那个|它|这款|那款", re.IGNORECASE)


def named(talk: Talk) -> list[Product]:
    """The products that are compared, in the order said; none where it is no comparison.

    "It", or nothing, stands for the product shown last.
    """
    if not _COMPARES.search(talk.given.text):
        return []
    found: dict[str, None] = {}
    for part in _PARTS.split(_COMPARES.sub(",", talk.given.text)):
        if ref := _ref(talk, part):
            found[ref] = None
    if len(found) == 1 and talk.state.product:
        found = {talk.state.product: None, **found}
    products = [product for ref in found if (product := browsing.fetch(talk, ref))]
    return products[:MOST] if len(products) > 1 else []


def _ref(talk: Talk, part: str) -> str:
    if _IT.search(part):
        return talk.state.product
    if not part.strip():
        return ""
    hits = talk.call(catalogue.find, part, language=talk.language)
    return hits[0].product.ref if hits else ""
