"""Where a searched word may be found: whole or as a beginning, in indexed columns.

A condition over joined tables would read every row of them; so what is beside the
searched table is looked up first.
"""

from django.db.models import Q
from django.db.models.functions import Lower

from orders.models import Customer, Order, Shipment, Variant
from orders.text import UNDETERMINED

# More than so many are no answer to a search.
_MANY = 200


def product(word: str) -> Q:
    """By ref and SKU, and by words in its names and brand: there are not so many."""
    owners = Variant.objects.filter(sku__startswith=word).values_list("product")
    return (
        Q(ref__startswith=word)
        | Q(pk__in=[pk for (pk,) in owners.distinct()[:_MANY]])
        | Q(brand__icontains=word)
        | Q(name__zh__icontains=word)
        | Q(name__en__icontains=word)
        | Q(**{f"name__{UNDETERMINED}__icontains": word})
    )


def order(word: str) -> Q:
    """By its number, its customer's ref, e-mail or phone, a parcel's number."""
    parcels = Shipment.objects.filter(tracking_number=word).values_list("order")
    return (
        Q(number__startswith=word)
        | Q(customer__in=_customers(word))
        | Q(pk__in=[pk for (pk,) in parcels[:_MANY]])
    )


def customer(word: str) -> Q:
    """By ref and phone, the whole e-mail, and words in the name."""
    return (
        Q(pk__in=_customers(word))
        | Q(ref__startswith=word)
        | Q(phone__startswith=word)
        | Q(name__icontains=word)
    )


def case(word: str) -> Q:
    """By its ref and its order's number."""
    orders = Order.objects.filter(number=word).values_list("pk", flat=True)
    return Q(ref__startswith=word) | Q(order__in=list(orders))


def _customers(word: str) -> list[int]:
    found = Customer.objects.alias(lower=Lower("email")).filter(
        Q(ref=word) | Q(lower=word.lower()) | Q(phone=word)
    )
    return list(found.values_list("pk", flat=True)[:_MANY])
