"""The desk's middle and right side: one talk, who speaks in it, and about what."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bots.messages import Sender
from bots.models import Conversation, Delivery, Message, Ticket
from bots.pages import queue
from orders import lookup
from orders.models import Order
from orders.text import pick

State = Delivery.State
LIMIT = 300


@dataclass(frozen=True, kw_only=True)
class Line:
    """A message as agents see it, with what became of sending it."""

    sender: str
    who: str
    text: str
    at: datetime
    buttons: list[dict[str, str]] = field(default_factory=list)
    cards: list[dict[str, str]] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    mark: str = ""
    is_trouble: bool = False
    is_read: bool = False


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """What an agent asks first about an order."""

    number: str
    status: str
    total: str
    placed_at: datetime
    news: str = ""
    news_at: datetime | None = None
    address: str = ""


def find(talk_id: int) -> Conversation | None:
    return (
        Conversation.objects.select_related("contact", "customer", "channel")
        .filter(pk=talk_id)
        .first()
    )


def shown(talk: Conversation, agent: User) -> dict[str, Any]:
    """Gather what the page says of a talk."""
    tickets = _tickets(talk)
    here = [ticket for ticket in tickets if ticket.conversation_id == talk.pk]
    ticket = here[0] if here else None
    is_open = ticket is not None and ticket.status == Ticket.Status.OPEN
    return {
        "talk": talk,
        "name": queue.name_of(talk),
        "ticket": ticket,
        "is_open": is_open,
        "is_mine": ticket is not None and ticket.assignee_id == agent.pk,
        "assignee": queue.agent_name(ticket) if ticket else "",
        "lines": lines(talk),
        "orders": purchases(talk, ticket, agent),
        "earlier": [other for other in tickets if other != ticket],
    }


def lines(talk: Conversation) -> list[Line]:
    """Return the newest lines, oldest first; what is not sent yet stands last."""
    newest = (
        Message.objects.filter(conversation=talk)
        .select_related("agent", "delivery")
        .order_by(Coalesce("sent_at", "created_at").desc(), "-id")[:LIMIT]
    )
    return [_line(message, talk) for message in reversed(newest)]


def purchases(talk: Conversation, ticket: Ticket | None, agent: User) -> list[Purchase]:
    """Return the ticket's order, then the newest ones of the verified customer."""
    found = lookup.orders_of(talk.customer, limit=3) if talk.customer else []
    if ticket and ticket.order_id:
        named = Order.objects.with_details().get(pk=ticket.order_id)
        found = [named, *(order for order in found if order != named)]
    return [_purchase(order, agent) for order in found]


def admin_address(view: str, key: int | str, agent: User) -> str:
    """Return where the admin shows a row; "" where it does not, or not to them."""
    app, model = view.split("_")
    if not agent.has_perm(f"{app}.view_{model}"):
        return ""
    try:
        return reverse(f"admin:{view}_change", args=[key])
    except NoReverseMatch:
        return ""


def _tickets(talk: Conversation) -> list[Ticket]:
    """Return this person's tickets, newest first, on whatever channel."""
    same = Q(conversation__contact=talk.contact_id)
    if talk.customer_id:
        same |= Q(conversation__customer=talk.customer_id)
    return list(
        Ticket.objects.filter(same)
        .select_related("assignee", "order")
        .prefetch_related("events__actor")
        .order_by("-opened_at")[:12]
    )


def _line(message: Message, talk: Conversation) -> Line:
    mark, is_trouble = _fate(message)
    return Line(
        sender=message.sender,
        who=_who(message),
        text=message.text or message.value,
        at=message.sent_at or message.created_at,
        buttons=message.buttons,
        cards=message.cards,
        attachments=[item.get("type", "file") for item in message.attachments],
        mark=mark,
        is_trouble=is_trouble,
        is_read=message.seq is not None and message.seq <= talk.read_seq,
    )


def _who(message: Message) -> str:
    if message.sender == Sender.AGENT and message.agent:
        return message.agent.get_full_name() or message.agent.get_username()
    names = {Sender.SHOPPER: _("Shopper"), Sender.BOT: _("Bot")}
    return names.get(Sender(message.sender), _("Notice"))


def _fate(message: Message) -> tuple[str, bool]:
    """Say what became of sending a message, and whether that needs somebody's eye."""
    delivery: Delivery | None = getattr(message, "delivery", None)
    state = delivery.state if delivery else State.SENT
    words = {
        State.PENDING: (_("Sending…"), False),
        State.SENDING: (_("Sending…"), False),
        State.FAILED: (_("Not delivered"), True),
        State.UNKNOWN: (_("Perhaps not delivered"), True),
        State.CANCELLED: (_("Not sent"), True),
    }
    if delivery and state == State.PENDING and delivery.attempts:
        return _("Not delivered yet, trying again"), True
    return words.get(State(state), ("", False))


def _purchase(order: Order, agent: User) -> Purchase:
    event = lookup.newest_event(order)
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    return Purchase(
        number=order.number,
        status=order.get_status_display(),
        total=f"{order.currency} {order.total:,.2f}",
        placed_at=order.placed_at,
        news=pick(event.text, language) or event.get_status_display() if event else "",
        news_at=event.at if event else None,
        address=admin_address("orders_order", order.pk, agent),
    )
