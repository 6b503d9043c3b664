"""The desk's event stream: says that the queue or the open talk has changed."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from zlib import crc32

from asgiref.sync import sync_to_async
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from bots import push
from bots.api import presence, sse
from bots.api.borrowed import borrowed
from bots.models import Conversation, Delivery, Ticket
from bots.pages.rights import is_agent
from bots.problem import problem

# While a shopper types, the stream looks this often.
FADE = 3.0
# A burst of hints is one look.
GATHER = 0.25
# Then the browser connects again, and its rights are checked again.
LIFETIME = 600.0


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """Fingerprints: equal ones mean that there is nothing new to show."""

    tickets: int
    talks: int
    talk: int
    is_typing: bool


async def events(request: HttpRequest) -> HttpResponseBase:
    talk_id = request.GET.get("talk", "")
    if not await sync_to_async(_may_listen)(request):
        return problem(403, "Only agents may listen here.")
    return sse.stream(follow(int(talk_id) if talk_id.isdecimal() else 0))


async def follow(talk_id: int) -> AsyncIterator[str]:
    """Yield a hint for everything that changes, the first look included."""
    said: dict[str, object] = {}
    started = beat = time.monotonic()
    with push.reading(push.DESK) as reader:
        yield sse.RETRY
        while not reader.closed and time.monotonic() - started < LIFETIME:
            pulse = await sync_to_async(look)(talk_id)
            for name, data in _news(pulse, said):
                beat = time.monotonic()
                yield sse.event(name, data)
            if time.monotonic() - beat >= sse.BEAT:
                beat = time.monotonic()
                yield sse.PING
            await asyncio.sleep(GATHER)
            left = max(sse.BEAT - (time.monotonic() - beat), 0.01)
            await reader.wait(min(left, FADE) if pulse.is_typing else left)


def look(talk_id: int) -> Pulse:
    """Take the fingerprints of what an agent sees."""
    with borrowed():
        talk = Conversation.objects.filter(pk=talk_id).first()
        return Pulse(
            tickets=_tickets(),
            talks=_talks(),
            talk=_talk(talk) if talk else 0,
            is_typing=talk is not None and presence.shopper_types(talk, timezone.now()),
        )


def _may_listen(request: HttpRequest) -> bool:
    return is_agent(request.user)


def _news(pulse: Pulse, said: dict[str, object]) -> list[tuple[str, object]]:
    """Return the events for what differs from what was said, and note it as said."""
    now = {
        "tickets": pulse.tickets,
        "talks": pulse.talks,
        "talk": pulse.talk,
        "typing": {"typing": pulse.is_typing},
    }
    news = [(name, data) for name, data in now.items() if said.get(name) != data]
    said.update(now)
    return news


def _tickets() -> int:
    return _fingerprint(
        Ticket.objects.filter(status=Ticket.Status.OPEN)
        .order_by("pk")
        .values_list("pk", "assignee_id", "conversation__last_seq")
    )


def _talks() -> int:
    newest = Conversation.objects.filter(owner=Conversation.Owner.BOT)
    return _fingerprint(
        newest.order_by("-last_message_at").values_list("pk", "last_seq")[:60]
    )


def _talk(talk: Conversation) -> int:
    unsent = Delivery.objects.filter(conversation=talk).exclude(
        state=Delivery.State.SENT
    )
    tickets = Ticket.objects.filter(conversation=talk)
    return _fingerprint(
        [
            (talk.last_seq, talk.owner_version, talk.read_seq, talk.customer_id),
            *unsent.order_by("pk").values_list("pk", "state", "attempts"),
            *tickets.order_by("pk").values_list("pk", "status", "assignee_id"),
        ]
    )


def _fingerprint(rows: Iterable[object]) -> int:
    return crc32(repr(list(rows)).encode())
