"""Who gets a campaign: people who asked for it, each through their liveliest talk."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bots import consent
from bots.models import Campaign, CampaignRecipient, Channel, Contact, Conversation

# Where a bot may write first.
KINDS = (Channel.Kind.TELEGRAM, Channel.Kind.WEB)


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """A person and the conversation through which they are written to."""

    contact_id: int
    conversation_id: int
    channel_id: int
    # None for somebody the shop does not know by name.
    customer_id: int | None
    language: str

    @property
    def person(self) -> tuple[str, int]:
        """The same for all contacts of one customer."""
        if self.customer_id is None:
            return "contact", self.contact_id
        return "customer", self.customer_id


def audience(campaign: Campaign) -> list[Addressee]:
    """Everybody who should get the campaign and has not yet, each person once."""
    people: dict[tuple[str, int], Addressee] = {}
    for addressee in _candidates(campaign):
        # The liveliest talk comes first: later ones are the same person's others.
        people.setdefault(addressee.person, addressee)
    return list(people.values())


def still_unreached(campaign: Campaign, some: Iterable[Addressee]) -> set[int]:
    """The contacts of `some` that nobody has written to meanwhile."""
    contacts = Contact.objects.filter(
        _unreached(campaign), pk__in=[one.contact_id for one in some]
    )
    return set(contacts.values_list("pk", flat=True))


def _unreached(campaign: Campaign) -> Q:
    """Contacts that have not got it, and whose customer has not through another."""
    got = CampaignRecipient.objects.filter(campaign=campaign)
    through_itself = Exists(got.filter(contact=OuterRef("pk")))
    through_another = Exists(got.filter(contact__customer=OuterRef("customer")))
    return Q(~through_itself) & Q(~through_another)


def _candidates(campaign: Campaign) -> Iterator[Addressee]:
    # Matching inside a JSON list has no form that SQLite and PostgreSQL share, so the
    # tags are compared here, over rows that are read one after the other.
    for row in _reachable(campaign).iterator():
        if _matches(row["contact__customer__tags"], campaign.tags) and _matches(
            row["contact__customer__preferences"], campaign.preferences
        ):
            yield Addressee(
                contact_id=row["contact_id"],
                conversation_id=row["pk"],
                channel_id=row["channel_id"],
                customer_id=row["contact__customer_id"],
                language=_language(row),
            )


def _reachable(campaign: Campaign) -> "QuerySet[Conversation, Any]":
    """Talks of willing contacts, newest message first.

    Not while a person owns the talk: an offer does not burst into a complaint.
    """
    willing = Contact.objects.filter(
        consent.wanting(),
        _unreached(campaign),
        channel__active=True,
        channel__kind__in=KINDS,
        blocked_at__isnull=True,
    )
    return (
        Conversation.objects.filter(contact__in=willing, owner=Conversation.Owner.BOT)
        .order_by(F("last_message_at").desc(nulls_last=True), "-pk")
        .values(
            "pk",
            "channel_id",
            "contact_id",
            "contact__language",
            "contact__customer_id",
            "contact__customer__language",
            "contact__customer__tags",
            "contact__customer__preferences",
        )
    )


def _matches(owned: list[str] | None, wanted: list[str]) -> bool:
    """Any of them; wanting nothing in particular is wanting everyone."""
    return not wanted or not set(wanted).isdisjoint(owned or ())


def _language(row: dict[str, Any]) -> str:
    """The language of ours that is nearest: "zh" for "zh-Hans", else "en"."""
    spoken = row["contact__language"] or row["contact__customer__language"] or ""
    return "zh" if spoken.lower().startswith("zh") else "en"
