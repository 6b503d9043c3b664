"""Who may be sent promotions: one rule, asked at writing and again at sending."""

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
    ticked = Q(consent__isnull=True, customer__marketing_opt_in=True)
    return Q(consent__promotions=True) | (ticked & Q(~Exists(said_no_elsewhere)))


def wants_promotions(contact: Contact) -> bool:
    return Contact.objects.filter(wanting(), pk=contact.pk).exists()


@transaction.atomic
def set_consent(
    contact: Contact,
    wanted: bool,  # noqa: FBT001 - reads as a sentence: set the consent to no
    *,
    source: str,
    now: datetime,
) -> Consent:
    """Write the contact's newest word down; a no also takes back what waits to go."""
    consent, _ = Consent.objects.update_or_create(
        contact=contact,
        defaults={
            "promotions": wanted,
            "changed_at": now,
            "source": source[:SOURCE_LENGTH],
        },
    )
    if not wanted:
        Delivery.objects.filter(
            conversation__contact=contact,
            lane=Delivery.Lane.PROMO,
            state=Delivery.State.PENDING,
        ).update(state=Delivery.State.CANCELLED, error="the contact wants no more")
    return consent
