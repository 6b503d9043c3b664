"""What agents do with a ticket: take, answer, hand back, resolve."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from bots import push, tasks
from bots.api import body, presence
from bots.api.problem import Problem
from bots.desk import tickets
from bots.models import Conversation, Ticket
from bots.pages.rights import agent, agents_only
from bots.problem import problem


@require_POST
@agents_only
def act(request: HttpRequest, ticket_id: int, name: str) -> HttpResponse:
    action = ACTIONS.get(name)
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    if action is None or ticket is None:
        return problem(404, "There is no such ticket, or nothing to do so.")
    try:
        action(ticket, agent(request), request)
    except tickets.TicketClosed:
        return problem(409, "The ticket has been closed meanwhile.")
    except Problem as refusal:
        return refusal.response()
    return HttpResponse(status=204)


@require_POST
@agents_only
def take_over(request: HttpRequest, talk_id: int) -> HttpResponse:
    if not Conversation.objects.filter(pk=talk_id).exists():
        return problem(404, "There is no such talk.")
    tickets.take_over(talk_id, agent(request))
    _look(talk_id)
    return HttpResponse(status=204)


def _take(ticket: Ticket, who: User, request: HttpRequest) -> None:
    tickets.take(ticket.pk, who)
    _look(ticket.conversation_id)


def _reply(ticket: Ticket, who: User, request: HttpRequest) -> None:
    """Answer once, however often the browser repeats the request."""
    text = body.text({"text": request.POST.get("text")})
    client_id = f"{who.pk}:{body.client_id(request.POST.dict())}"
    tickets.reply(ticket.pk, who, text, client_id=client_id)
    presence.agent_stopped(ticket.conversation_id)
    tasks.wake_delivery(ticket.conversation_id)
    _look(ticket.conversation_id)


def _hand_back(ticket: Ticket, who: User, request: HttpRequest) -> None:
    tickets.hand_back(ticket.pk, who, _note(request))


def _resolve(ticket: Ticket, who: User, request: HttpRequest) -> None:
    tickets.resolve(ticket.pk, who, _note(request))


def _type(ticket: Ticket, who: User, request: HttpRequest) -> None:
    if ticket.status != Ticket.Status.OPEN:
        raise tickets.TicketClosed
    presence.agent_typed(ticket.conversation_id)


def _note(request: HttpRequest) -> str:
    return body.UNSTORABLE.sub("", request.POST.get("note", "")).strip()[:2000]


def _look(talk_id: int) -> None:
    push.look(push.DESK)
    push.look(push.conversation_topic(talk_id))


ACTIONS: dict[str, Callable[[Ticket, User, HttpRequest], None]] = {
    "take": _take,
    "reply": _reply,
    "return": _hand_back,
    "resolve": _resolve,
    "typing": _type,
}
