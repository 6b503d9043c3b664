"""Reads the index, all of it or what has changed since."""

from datetime import datetime, timedelta

from orders.catalogue import kinds
from orders.catalogue.entries import BRAND, read_entries
from orders.catalogue.index import Index
from orders.catalogue.part import Part
from orders.catalogue.spelling import Spelling
from orders.catalogue.terms import is_word
from orders.models import Product

# More changes than these slow every search down.
_MOST = 1_000
# What was written in a transaction is seen only after its end.
_OVERLAP = timedelta(minutes=2)


def read_index() -> Index:
    """Read the active products that have something to sell."""
    base = Part(read_entries(Product.objects.all()))
    return Index(base, Spelling(sorted(_told(base) | kinds.table().words)))


def renew(index: Index, since: datetime) -> Index | None:
    """Read what has changed since; None where so much has that all must be read."""
    recent = Product.objects.filter(updated_at__gte=since - _OVERLAP).order_by()
    changed = set(recent.values_list("pk", flat=True)[: _MOST + 1])
    touched = index.touched | changed
    if len(touched) > _MOST:
        return None
    kept = (entry for entry in index.late if entry.product not in changed)
    read = read_entries(Product.objects.filter(pk__in=changed))
    return Index(index.base, index.spelling, late=(*kept, *read), touched=touched)


def _told(part: Part) -> set[str]:
    """The words by which products are found."""
    words = (term for term in part.fields if is_word(term) and not term.isdigit())
    return {word for word in words if len(part.fields.at_least(word, BRAND))}
