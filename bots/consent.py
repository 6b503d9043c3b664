"""Who may be sent what: one rule each, asked at writing and again at sending."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from bots.models import Consent, Contact, Delivery

SOURCE_LENGTH = 200


def wanting() -> Q:
    """Contacts that want promotions, as a condition on a query of contacts.

    What was said on the contact itself decides. Where nothing was said, the shop's own
    tick counts, unless the customer said no on another channel.
    """
    said_no_elsewhere = Consent.objects.filter(
        contact__customer=OuterRef("customer"), promotions=False
    )
    ticked = Q(consent__promotions__isnull=True, customer__marketing_opt_in=True)
    return Q(consent__promotions=True) | (ticked & Q(~Exists(said_no_elsewhere)))


def wants_promotions(contact: Contact) -> bool:
    return Contact.objects.filter(wanting(), pk=contact.pk).exists()


def declining(contact: str = "") -> Q:
    """Contacts that want no order news; `contact` leads to them, as "contact__"."""
    return Q(**{f"{contact}consent__order_news": False})


def wants_order_news(contact: Contact) -> bool:
    return not Contact.objects.filter(declining(), pk=contact.pk).exists()


@transaction.atomic
def set_consent(
    contact: Contact,
    wanted: bool,  # noqa: FBT001 - reads as a sentence: set the consent to no
    *,
    source: str,
    now: datetime,
) -> Consent:
    """Write the contact's newest word down; a no also takes back what waits to go."""
    values = {"promotions": wanted, "changed_at": now, "source": source[:SOURCE_LENGTH]}
    consent, _ = Consent.objects.update_or_create(contact=contact, defaults=values)
    if not wanted:
        _take_back(contact, Delivery.Lane.PROMO)
    return consent


@transaction.atomic
def set_order_news(
    contact: Contact,
    wanted: bool,  # noqa: FBT001 - as above
    *,
    source: str,
    now: datetime,
) -> Consent:
    """As `set_consent`, of news of their orders; it says nothing of promotions."""
    values = {"order_news": wanted, "changed_at": now, "source": source[:SOURCE_LENGTH]}
    consent, _ = Consent.objects.update_or_create(contact=contact, defaults=values)
    if not wanted:
        _take_back(contact, Delivery.Lane.NOTICE)
    return consent


def _take_back(contact: Contact, lane: Delivery.Lane) -> None:
    Delivery.objects.filter(
        conversation__contact=contact, lane=lane, state=Delivery.State.PENDING
    ).update(state=Delivery.State.CANCELLED, error="the contact wants no more")
