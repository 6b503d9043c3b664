"""Where a shopper is told: the talk in which they wrote to us last."""

from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bots import consent
from bots.messages import Sender
from bots.models import Channel, Conversation, Message
from orders.models import Customer

# A web chat that was left alone for longer is not looked into again.
WEB_LOOKED_AT = timedelta(days=14)


def reachable(customer: Customer, now: datetime) -> "QuerySet[Conversation]":
    """The talks of this very customer that may be written into, liveliest first.

    Both the talk and the person in it are known to be the customer: a phone that has
    changed hands is told nothing.
    """
    said = (
        Message.objects.filter(conversation=OuterRef("pk"), sender=Sender.SHOPPER)
        .order_by("-created_at")
        .values("created_at")[:1]
    )
    # Who is logged in has the chat before their eyes without a word.
    active = Coalesce(Subquery(said), "created_at")
    return (
        Conversation.objects.filter(
            customer=customer,
            contact__customer=customer,
            contact__blocked_at__isnull=True,
            channel__active=True,
        )
        .annotate(active_at=active)
        .filter(
            Q(channel__kind=Channel.Kind.TELEGRAM)
            | Q(channel__kind=Channel.Kind.WEB, active_at__gte=now - WEB_LOOKED_AT)
        )
        .select_related("contact")
        .order_by("-active_at", "-pk")
    )


def willing(talks: "QuerySet[Conversation]") -> Conversation | None:
    """The first whose person has not said that they want no order news."""
    return talks.exclude(consent.declining("contact__")).first()


def language(talk: Conversation, customer: Customer) -> str:
    """The language of ours that is nearest: "zh" for "zh-Hans", else "en"."""
    spoken = talk.language or talk.contact.language or customer.language
    return "zh" if spoken.lower().startswith("zh") else "en"
