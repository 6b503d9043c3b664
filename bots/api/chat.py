"""The chat page's requests: begin, say, look, type, read."""

import time

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from bots import push
from bots.api import body, presence, rate, session, transcript
from bots.api.problem import unauthorized
from bots.api.transcript import View

# A hint may be lost: a reader looks by itself after this long.
LOOK_AGAIN = 5.0


def begin(request: HttpRequest) -> HttpResponse:
    rate.check_session(request)
    talk = session.start(body.read(request))
    return JsonResponse(
        {"token": session.issue(talk), "conversation": talk.pk}, status=201
    )


def say(request: HttpRequest) -> HttpResponse:
    talk = session.talk(request)
    session.check_open(talk.channel)
    content = body.read(request)
    client_id, text = body.client_id(content), body.text(content)
    rate.check_message(talk.pk)
    message = transcript.say(talk, client_id, text)
    return JsonResponse({"id": message.seq}, status=202)


async def messages(request: HttpRequest) -> HttpResponse:
    talk_id = session.bearer(request)
    after, wait = body.after(request), body.wait(request)
    # Under WSGI a waiting reader would hold a thread that webhooks need.
    can_wait = isinstance(request, ASGIRequest)
    deadline = time.monotonic() + (wait if can_wait else 0.0)
    view = await _newer(talk_id, after, deadline)
    response = JsonResponse({"messages": view.messages, "typing": view.typing})
    response["Cache-Control"] = "no-store"
    return response


def typing(request: HttpRequest) -> HttpResponse:
    talk = session.talk(request)
    rate.check_signal(talk.pk)
    body.read(request)
    presence.shopper_typed(talk.pk, timezone.now())
    return HttpResponse(status=204)


def read(request: HttpRequest) -> HttpResponse:
    talk = session.talk(request)
    rate.check_signal(talk.pk)
    transcript.mark_read(talk, body.place(body.read(request)))
    return HttpResponse(status=204)


async def _newer(talk_id: int, after: int, deadline: float) -> View:
    """Wait for a message past `after`, or for the deadline; 401 for a talk gone."""
    # Listen first, then look: what comes in between is not missed.
    with push.reading(push.conversation_topic(talk_id)) as reader:
        while True:
            view = await sync_to_async(transcript.look)(talk_id, after)
            if view is None:
                raise unauthorized()
            left = deadline - time.monotonic()
            if view.messages or left <= 0 or reader.closed:
                return view
            await reader.wait(min(left, LOOK_AGAIN))
