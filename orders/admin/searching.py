"""What staff type into a search box, in the words of an index.

A name or a number is found by how it begins: to look inside of a million texts takes
seconds.
"""

import re

from django.db.models import Q

from orders import lookup
from orders.models import Customer, Order, Product, Shipment, Variant
from orders.text import UNDETERMINED

# Words that begin more customers or parcels than this find the first so many.
_MOST = 500
_NAMES = ("zh", "en", UNDETERMINED)


def customers(words: str) -> Q:
    """By the beginning of a ref, name or e-mail, or by a phone number."""
    begun = _begins("ref", words) | _begins("name", words) | _begins("email", words)
    whole = [
        *Customer.objects.with_email(words).values_list("pk", flat=True)[:_MOST],
        *Customer.objects.named(words).values_list("pk", flat=True)[:_MOST],
        *(customer.pk for customer in lookup.customers_by_phone(words)),
    ]
    return begun | Q(pk__in=whole)


def orders(words: str) -> Q:
    """By the beginning of the number, of a tracking number, or by the customer."""
    parcels = Shipment.objects.filter(_begins("tracking_number", words)).order_by()
    of_parcels = parcels.values_list("order_id", flat=True)[:_MOST]
    owners = Customer.objects.filter(customers(words)).order_by()
    of_owners = owners.values_list("pk", flat=True)[:_MOST]
    same = Order.objects.numbered(words).values_list("pk", flat=True)[:_MOST]
    keys = [*of_parcels, *same]
    return _begins("number", words) | Q(pk__in=keys) | Q(customer__in=list(of_owners))


def shipments(words: str) -> Q:
    """By the beginning of the tracking number or of the order's."""
    numbered = Order.objects.filter(_begins("number", words)).order_by()
    of_orders = numbered.values_list("pk", flat=True)[:_MOST]
    return _begins("tracking_number", words) | Q(order__in=list(of_orders))


def products(words: str) -> Q:
    """By the beginning of the ref or of a SKU, or by a part of the name or brand."""
    skus = Variant.objects.filter(_begins("sku", words)).order_by()
    of_skus = skus.values_list("product_id", flat=True)[:_MOST]
    coded = _begins("ref", words) | Q(pk__in=list(of_skus))
    # A code that is known is meant: names are looked through from end to end.
    if re.search(r"\d", words) and Product.objects.filter(coded).exists():
        return coded
    inside = Q(brand__icontains=words)
    for language in _NAMES:
        inside |= Q(**{f"name__{language}__icontains": words})
    return coded | inside


def _begins(field: str, words: str) -> Q:
    """As typed, or in another usual spelling: an index knows no letter case."""
    spellings = {words, words.upper(), words.lower(), words.title()}
    found = Q()
    for spelling in sorted(spellings):
        found |= Q(**{f"{field}__startswith": spelling})
    return found
