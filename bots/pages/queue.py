"""The desk's left side: which talks wait for a person, and since when."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from bots.messages import Sender
from bots.models import Conversation, Message, Ticket

LIMIT = 200
RECENT = 60
# mine · nobody's yet · every open ticket · talks that the bot leads
TABS = ("mine", "free", "all", "bot")


@dataclass(frozen=True, kw_only=True)
class Row:
    talk_id: int
    name: str
    channel: str
    language: str
    last_text: str
    last_at: datetime | None
    # The shopper has spoken and no person has answered since then.
    waiting_since: datetime | None = None
    reason: str = ""
    assignee: str = ""

    @property
    def waited(self) -> str:
        """How long, in the coarsest unit that fits."""
        if self.waiting_since is None:
            return ""
        minutes = int((timezone.now() - self.waiting_since).total_seconds() // 60)
        if minutes < 1:
            return _("now")
        if minutes < 60:
            return _("{number} min").format(number=minutes)
        if minutes < 48 * 60:
            return _("{number} h").format(number=minutes // 60)
        return _("{number} days").format(number=minutes // 1440)


def rows(tab: str, agent_id: int) -> list[Row]:
    """Return what a tab lists: who waits longest first, then what is answered."""
    if tab == "bot":
        return [_talk_row(talk) for talk in _bot_talks()]
    listed = [_ticket_row(ticket) for ticket in _tickets(_of(tab, agent_id))]
    return sorted(
        listed,
        key=lambda row: (
            row.waiting_since is None,
            row.waiting_since.timestamp() if row.waiting_since else 0,
        ),
    )


def counts(agent_id: int) -> dict[str, int]:
    return Ticket.objects.filter(status=Ticket.Status.OPEN).aggregate(
        mine=Count("pk", filter=_of("mine", agent_id)),
        free=Count("pk", filter=_of("free", agent_id)),
        all=Count("pk"),
    )


def name_of(talk: Conversation) -> str:
    if talk.customer:
        return talk.customer.name
    return talk.contact.name or _("Visitor {number}").format(number=talk.pk)


def agent_name(ticket: Ticket) -> str:
    if ticket.assignee is None:
        return ""
    return ticket.assignee.get_full_name() or ticket.assignee.get_username()


def _of(tab: str, agent_id: int) -> Q:
    if tab == "mine":
        return Q(assignee_id=agent_id)
    # Always true: `Q()` would leave the count without its filter.
    return Q(assignee__isnull=True) if tab == "free" else Q(pk__isnull=False)


def _tickets(which: Q) -> QuerySet[Ticket]:
    said = Message.objects.filter(conversation=OuterRef("conversation"))
    answers = said.filter(sender=Sender.AGENT).order_by("-id").values("id")
    unanswered = said.filter(
        sender=Sender.SHOPPER, id__gt=Coalesce(OuterRef("answered"), 0)
    )
    lines = said.filter(seq__isnull=False).order_by("-seq").values("text")
    return (
        Ticket.objects.filter(which, status=Ticket.Status.OPEN)
        .select_related(
            "assignee",
            "conversation__contact",
            "conversation__customer",
            "conversation__channel",
        )
        .annotate(
            last_text=Subquery(lines[:1]),
            answered=Subquery(answers[:1]),
            unanswered_at=Subquery(unanswered.order_by("id").values("created_at")[:1]),
        )
        .order_by("-opened_at")[:LIMIT]
    )


def _ticket_row(ticket: Ticket) -> Row:
    talk = ticket.conversation
    said_at: datetime | None = ticket.unanswered_at  # type: ignore[attr-defined]
    last_text: str | None = ticket.last_text  # type: ignore[attr-defined]
    return Row(
        talk_id=talk.pk,
        name=name_of(talk),
        channel=talk.channel.name,
        language=talk.language,
        last_text=last_text or "",
        last_at=talk.last_message_at,
        # What was said before that was the bot's to answer.
        waiting_since=max(said_at, ticket.opened_at) if said_at else None,
        reason=ticket.get_reason_display(),
        assignee=agent_name(ticket),
    )


def _bot_talks() -> QuerySet[Conversation]:
    lines = Message.objects.filter(conversation=OuterRef("pk"), seq__isnull=False)
    return (
        Conversation.objects.filter(
            owner=Conversation.Owner.BOT, last_message_at__isnull=False
        )
        .select_related("contact", "customer", "channel")
        .annotate(last_text=Subquery(lines.order_by("-seq").values("text")[:1]))
        .order_by("-last_message_at")[:RECENT]
    )


def _talk_row(talk: Conversation) -> Row:
    last_text: str | None = talk.last_text  # type: ignore[attr-defined]
    return Row(
        talk_id=talk.pk,
        name=name_of(talk),
        channel=talk.channel.name,
        language=talk.language,
        last_text=last_text or "",
        last_at=talk.last_message_at,
    )
