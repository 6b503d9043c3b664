"""The chat page's event stream: messages, typing and state as they come."""

import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from bots import push
from bots.api import body, session, sse, transcript
from bots.api.problem import unauthorized
from bots.api.transcript import LIMIT, View

# While somebody types the stream looks this often, so that the dots go in time.
FADE = 3.0
# A stream ends after this long and the page connects again: elsewhere, if need be.
LIFETIME = 3600.0


async def events(request: HttpRequest) -> HttpResponseBase:
    talk_id = session.talk_id(request.GET.get("token", ""))
    after = _resume_from(request)
    if await sync_to_async(transcript.look)(talk_id, body.MAX_ID) is None:
        raise unauthorized()
    return sse.stream(follow(talk_id, after))


async def follow(talk_id: int, after: int) -> AsyncIterator[str]:
    """Yield what happens in a talk after a place, until the reader goes.

    A reader that disconnects cancels the wait; leaving `reading` is all there is to do.
    """
    said = Said(after)
    started = beat = time.monotonic()
    with push.reading(push.conversation_topic(talk_id)) as reader:
        yield sse.RETRY
        while not reader.closed and time.monotonic() - started < LIFETIME:
            view = await sync_to_async(transcript.look)(talk_id, said.after)
            if view is None:
                return
            for line in said.news(view):
                beat = time.monotonic()
                yield line
            if len(view.messages) == LIMIT:
                continue
            if time.monotonic() - beat >= sse.BEAT:
                beat = time.monotonic()
                yield sse.PING
            left = sse.BEAT - (time.monotonic() - beat)
            await reader.wait(min(left, FADE) if view.typing else left)


class Said:
    """What a stream has told its reader, so that it says only what is new."""

    def __init__(self, after: int) -> None:
        self.after = after
        self._typing = False
        self._state: dict[str, Any] = {}

    def news(self, view: View) -> list[str]:
        lines = [sse.event("message", item, item["id"]) for item in view.messages]
        if view.messages:
            self.after = view.messages[-1]["id"]
        if view.state != self._state:
            # At first the talk so far, then how it stands; later who speaks, then what.
            lines.insert(0 if self._state else len(lines), _state(view))
            self._state = view.state
        if view.typing != self._typing:
            self._typing = view.typing
            lines.append(sse.event("typing", {"typing": view.typing}))
        return lines


def _state(view: View) -> str:
    return sse.event("state", view.state)


def _resume_from(request: HttpRequest) -> int:
    """Return the place to go on from: a reconnecting browser says what it saw last."""
    after = body.after(request)
    last = 0
    with suppress(ValueError):
        last = int(request.headers.get("Last-Event-ID", "0"))
    return max(after, min(last, body.MAX_ID))
