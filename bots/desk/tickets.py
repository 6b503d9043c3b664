"""A talk goes to a person and comes back; every step is an event of the ticket."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from bots import outbox, push
from bots.messages import Sender
from bots.models import Conversation, Delivery, Message, Ticket, TicketEvent

Kind = TicketEvent.Kind
Status = Ticket.Status


class TicketClosed(Exception):  # noqa: N818 - said of the ticket
    """The ticket is not open any more: somebody else closed it."""


def open_ticket(
    conversation: Conversation,
    *,
    reason: str,
    summary: str,
    order_id: int | None = None,
) -> Ticket:
    """Give the talk to a person; the caller holds the row lock and saves the talk.

    Where a ticket is open already, that one is returned unchanged.
    """
    ticket, is_new = Ticket.objects.get_or_create(
        conversation=conversation,
        status=Status.OPEN,
        defaults={
            "reason": reason,
            "summary": summary,
            "order_id": order_id,
            "opened_at": timezone.now(),
        },
    )
    if is_new:
        _note(ticket, Kind.OPENED, None, summary)
    if conversation.owner != Conversation.Owner.HUMAN:
        conversation.give_to(Conversation.Owner.HUMAN)
    transaction.on_commit(lambda: push.look(push.DESK))
    return ticket


@transaction.atomic
def take(ticket_id: int, agent: AbstractBaseUser) -> Ticket:
    """Make the agent the one who answers."""
    ticket, _ = _locked(ticket_id)
    if ticket.assignee_id != agent.pk:
        ticket.assignee_id = agent.pk
        ticket.save(update_fields=["assignee"])
        _note(ticket, Kind.TAKEN, agent)
    return ticket


@transaction.atomic
def take_over(conversation_id: int, agent: AbstractBaseUser) -> Ticket:
    """Take a talk from the bot, asked or not; what the bot has not sent is dropped."""
    conversation = _lock(conversation_id)
    ticket = open_ticket(
        conversation, reason=Ticket.Reason.ASKED, summary="", order_id=None
    )
    conversation.save(update_fields=["owner", "owner_version"])
    return take(ticket.pk, agent)


@transaction.atomic
def reply(
    ticket_id: int, agent: AbstractBaseUser, text: str, *, client_id: str = ""
) -> Message:
    """Say something to the shopper; the first to answer takes the ticket.

    The same `client_id` again returns the same message and says nothing more.
    Raises `TicketClosed` where the ticket has been closed meanwhile.
    """
    conversation = _conversation_of(ticket_id)
    said = Message.objects.filter(conversation=conversation, client_id=client_id)
    if client_id and (known := said.first()):
        return known
    ticket = _open(ticket_id)
    message = outbox.put(
        conversation,
        sender=Sender.AGENT,
        lane=Delivery.Lane.AGENT,
        text=text,
        language=conversation.language,
        agent_id=agent.pk,
        client_id=client_id or None,
    )
    if ticket.assignee_id is None:
        take(ticket_id, agent)
    _note(ticket, Kind.REPLIED, agent)
    return message


@transaction.atomic
def hand_back(ticket_id: int, agent: AbstractBaseUser, note: str = "") -> Ticket:
    """Let the bot go on; what the shopper says next is its turn."""
    return _close(ticket_id, agent, Status.RETURNED, Kind.RETURNED, note)


@transaction.atomic
def resolve(ticket_id: int, agent: AbstractBaseUser, note: str = "") -> Ticket:
    """The matter is settled; the next message is a new one, for the bot."""
    return _close(ticket_id, agent, Status.RESOLVED, Kind.RESOLVED, note)


def _close(
    ticket_id: int, agent: AbstractBaseUser, status: str, kind: str, note: str
) -> Ticket:
    ticket, conversation = _locked(ticket_id)
    ticket.status = status
    ticket.closed_at = timezone.now()
    ticket.save(update_fields=["status", "closed_at"])
    _note(ticket, kind, agent, note)
    # What came while the person had the talk is the person's, answered or not.
    Message.objects.unhandled().filter(conversation=conversation).update(
        handled_at=ticket.closed_at
    )
    conversation.give_to(Conversation.Owner.BOT)
    conversation.state = {}
    conversation.save(update_fields=["owner", "owner_version", "state"])
    transaction.on_commit(lambda: _look(conversation.pk))
    return ticket


def _look(conversation_id: int) -> None:
    push.look(push.DESK)
    push.look(push.conversation_topic(conversation_id))


def _lock(conversation_id: int) -> Conversation:
    return Conversation.objects.select_for_update().get(pk=conversation_id)


def _locked(ticket_id: int) -> tuple[Ticket, Conversation]:
    """Lock the conversation, then read its ticket: always in this order."""
    conversation = _conversation_of(ticket_id)
    return _open(ticket_id), conversation


def _conversation_of(ticket_id: int) -> Conversation:
    conversation_id = Ticket.objects.values_list("conversation_id", flat=True).get(
        pk=ticket_id
    )
    return _lock(conversation_id)


def _open(ticket_id: int) -> Ticket:
    ticket = Ticket.objects.get(pk=ticket_id)
    if ticket.status != Status.OPEN:
        raise TicketClosed
    return ticket


def _note(
    ticket: Ticket, kind: str, actor: AbstractBaseUser | None, note: str = ""
) -> None:
    TicketEvent.objects.create(
        ticket=ticket,
        kind=kind,
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        note=note,
    )
